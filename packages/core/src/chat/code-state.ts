/**
 * Follows code and formulas in Markdown while it is read: fences, code in a line, `$$` and `\[`. The text between them
 * is passed in pieces that end before a line break, a backtick, a tilde or a dollar sign.
 */
export class CodeState {
  /** Characters of the fence, or null outside of one. */
  private fence: string | null = null;
  /** Length of the backticks that opened code in a line; 0 outside of it. */
  private ticks = 0;
  private isFormula = false;
  private isLineStart = true;
  /** The line so far has only list and quote marks. */
  private isLineEmpty = true;

  get isFenced(): boolean {
    return this.fence !== null;
  }

  get isVerbatim(): boolean {
    return this.fence !== null || this.ticks > 0 || this.isFormula;
  }

  text(piece: string): void {
    if (/\S/.test(piece)) {
      this.isLineEmpty = false;
      if (!/^[\s>]*$/.test(piece)) this.isLineStart = false;
    }
  }

  lineBreak(): void {
    // Code in a line ends with the paragraph, closed or not.
    if (this.isLineEmpty) {
      this.ticks = 0;
      this.isFormula = false;
    }
    this.isLineStart = true;
    this.isLineEmpty = true;
  }

  /** A run of backticks or tildes. */
  run(marks: string): void {
    const isFence = this.isLineStart && marks.length >= 3;
    if (this.fence !== null) {
      if (isFence && marks.charAt(0) === this.fence.charAt(0) && marks.length >= this.fence.length) this.fence = null;
    } else if (isFence && this.ticks === 0) {
      this.fence = marks;
    } else if (marks.startsWith('`')) {
      if (this.ticks === 0) this.ticks = marks.length;
      else if (this.ticks === marks.length) this.ticks = 0;
    }
    this.isLineStart = false;
    this.isLineEmpty = false;
  }

  /** `$$` or the backslash forms. */
  formula(mark: string): void {
    if (this.fence !== null || this.ticks > 0) return;
    this.isFormula = mark === '$$' ? !this.isFormula : mark === '\\[' || mark === '\\(';
    this.isLineStart = false;
    this.isLineEmpty = false;
  }
}
