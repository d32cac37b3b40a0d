/** What may be wrong with a field of an object. Programs branch on it: SARIF's rule ids are these. */
export type FieldRule =
  | 'field-unknown'
  | 'field-type'
  | 'field-value'
  | 'field-required'
  | 'field-enum'
  | 'field-limit';

/** One field of one object that does not fit its schema; its place is a byte of the file. */
export interface FieldFault {
  readonly rule: FieldRule;
  /** Where the text stands that is at fault: the key of an unknown field, a wrong value, the object that lacks a field. */
  readonly at: number;
  /** As the API server writes it: `spec.template.spec.containers[0].imagee`. */
  readonly path: string;
  /** What goes after the path in a sentence, without its full stop; `''` for an unknown field. Never a value of a Secret. */
  readonly says: string;
  /** For an unknown field, the type that lacks it, by the name of its OpenAPI component, and the field's name. */
  readonly lacking?: { readonly type: string; readonly field: string };
  /** Known fields that were probably meant. */
  readonly near: readonly string[];
  /** Whether the API server may take the object all the same. */
  readonly isDoubtful: boolean;
}
