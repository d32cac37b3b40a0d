/** One call of the cache toolkit, as a line of JSON between the action and the process that makes it. */
export type ToolkitCall =
  | { readonly call: 'restore'; readonly folder: string; readonly keys: readonly [string, ...string[]] }
  | { readonly call: 'save'; readonly folder: string; readonly key: string };

/** The answer to one call. */
export type ToolkitReply =
  | { readonly kind: 'restored'; readonly key: string }
  /** Nothing found, or trouble: the toolkit makes no difference but in what it printed. */
  | { readonly kind: 'not-restored' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'not-saved' }
  /** The call filled its folder beyond `MAX_FOLDER_BYTES`, and still does. */
  | { readonly kind: 'too-large' }
  /** It says of itself that there is no service here. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'threw'; readonly message: string };

/**
 * The file that an archive holds, relative to the folder of the call.
 *
 * The toolkit hashes this very string into the entry's version, so it is the same for every runner, user and workspace.
 */
export const ENTRY_FILE = 'kube-api-gate-snapshot';

/** What a call may leave in its folder: an entry of the largest size, packed and unpacked, and as much again for whatever else it puts there. */
export const MAX_FOLDER_BYTES = 96 * 1024 * 1024;
