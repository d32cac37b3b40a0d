/**
 * Whether a text may stand in an HTTP header: no control characters but the tab.
 * @see Go golang.org/x/net/http/httpguts ValidHeaderFieldValue
 */
export function isSendable(text: string): boolean {
  return !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text);
}

/** A text as Node must be given it for its UTF-8 bytes to be sent, which is what Go sends. */
export function headerValue(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
