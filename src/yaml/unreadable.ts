/** Text that a reader refuses. Never leaves this folder: it becomes a problem at a line of a file. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  /** The byte at which the text goes wrong. */
  readonly at: number;
  /** The same reason with the piece of text that is wrong. The message never holds one, because the text may be a secret. */
  readonly quoting: string;

  constructor(at: number, message: string, quoting = message) {
    super(message);
    this.at = at;
    this.quoting = quoting;
  }
}

/** A text that is readable, and holds more than is read. It ends the whole file: nothing after it is looked at either. */
export class TooManyParts extends Error {
  override readonly name = 'TooManyParts';
}
