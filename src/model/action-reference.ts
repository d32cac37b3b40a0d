/**
 * How a workflow names this action: in messages, and in every example of README and docs, where `npm run docs` writes it.
 *
 * A tag must not be named before it exists. The first release replaces the placeholder, as docs/releasing.md describes.
 */
export const ACTION_REFERENCE = 'kube-api-gate/kube-api-gate@<full commit SHA>';
