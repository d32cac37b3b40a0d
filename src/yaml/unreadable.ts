/** Text that a parser refuses. Never leaves this folder: it becomes a problem at a file's line. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  /** The byte at which the text goes wrong. */
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}
