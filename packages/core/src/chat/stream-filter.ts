/**
 * Rewrites a text while it streams. Text whose meaning depends on what follows is held back, so that nothing has to be
 * changed after it was sent.
 */
export abstract class StreamFilter {
  private held = '';

  /** Adds a piece of the text and returns what is final. */
  push(piece: string): string {
    return this.release(piece, false);
  }

  /** Returns the rest. Call it when the text has ended. */
  finish(): string {
    return this.release('', true);
  }

  /** Rewrites the final part of `text` and returns its length; all of the text is final if `isEnd`. */
  protected abstract rewrite(text: string, isEnd: boolean): { rewritten: string; length: number };

  private release(piece: string, isEnd: boolean): string {
    const text = this.held + piece;
    const { rewritten, length } = this.rewrite(text, isEnd);
    this.held = text.slice(length);
    return rewritten;
  }
}
