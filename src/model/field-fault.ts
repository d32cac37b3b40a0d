/** What may be wrong with a field of an object. Programs branch on it: SARIF's rule ids are these. */
export type FieldRule =
  | 'field-unknown'
  | 'field-type'
  | 'field-value'
  | 'field-required'
  | 'field-enum'
  | 'field-limit';

/** A field of a built-in type, by the name of the type's OpenAPI component. */
export interface TypeField {
  readonly component: string;
  readonly property: string;
  /** The field that leads to the component, lists and maps aside. */
  readonly parent?: { readonly component: string; readonly property: string } | undefined;
}

/** One field of one object that does not fit its schema; its place is a byte of the file. */
export interface FieldFault {
  readonly rule: FieldRule;
  /** Where the text stands that is at fault: the key of an unknown field, a wrong value, the object that lacks a field. */
  readonly at: number;
  /** As the API server writes it: `spec.template.spec.containers[0].imagee`. */
  readonly path: string;
  /** What goes after the path in a sentence, without its full stop; `''` for an unknown field. Never a value of a Secret. */
  readonly says: string;
  /** For an unknown field of a built-in type: which, and which field led there. */
  readonly lacking?: TypeField | undefined;

  /** Known fields that were probably meant. */
  readonly near: readonly string[];
  /** Whether the API server may take the object all the same. */
  readonly isDoubtful: boolean;
}
