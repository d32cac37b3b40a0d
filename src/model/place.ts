/** Where something stands that a person wrote: a line of an input, or of a file. Lines and columns count from 1. */
export type Place =
  | {
      readonly kind: 'input';
      readonly input: string;
      readonly line?: number | undefined;
      /** `owner/name`, where it is not the repository that this run is about. */
      readonly repository?: string | undefined;
    }
  | {
      readonly kind: 'file';
      /** Relative to the repository's root, with `/` between the parts; absolute when it lies outside. */
      readonly file: string;
      readonly line: number;
      readonly column?: number | undefined;
      /** The chart's own template, when the file is what Helm rendered from it. */
      readonly template?: string | undefined;
      readonly repository?: string | undefined;
    };

/** Something in the input that cannot be used as it stands: what, where, and the way out. */
export interface Problem {
  readonly place: Place;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** `require:3` or `deploy/web.yaml:12:5`; in another repository `owner/name:deploy/web.yaml:12:5`. */
export function formatPlace(place: Place): string {
  const parts = place.kind === 'input' ? [place.input, place.line] : [place.file, place.line, place.column];
  return [place.repository, ...parts].filter((part) => part !== undefined).join(':');
}
