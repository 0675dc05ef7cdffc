/** Heading levels of the styles, by their numbers. */
export class RtfStyles {
  /** Style that is being defined. */
  current = 0;
  private name = '';
  private readonly levels = new Map<number, number>();

  /** Adds a byte of the style sheet. The name of a style ends with a semicolon. */
  addByte(byte: number): void {
    this.name += String.fromCharCode(byte);
    if (byte !== 59) return;
    const level = /^\s*heading (\d)/i.exec(this.name)?.[1];
    if (level) this.levels.set(this.current, Number(level));
    if (/^\s*title\s*;/i.test(this.name)) this.levels.set(this.current, 1);
    this.name = '';
  }

  levelOf(style: number): number | undefined {
    return this.levels.get(style);
  }
}
