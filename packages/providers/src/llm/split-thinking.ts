import { findTag, readOpeningTag, type Tag } from './thinking-tags.ts';

export type SplitText =
  | { kind: 'text' | 'reasoning'; delta: string }
  /** A closing tag without an opening one arrived: all text so far was reasoning. */
  | { kind: 'text-was-reasoning' };

/**
 * Separates thinking tags at the start of an answer, for models and servers that don't do it. Tags can be split anywhere
 * between two deltas. Later tags belong to the text of the answer.
 *
 * Some chat templates open the tag in the prompt, so that the answer contains only the closing one. If that is known
 * (`opensThought`), the answer starts as reasoning. If it ends without a closing tag, its text was the answer and is
 * returned again as text. If it is not known, holding back the text until a closing tag would delay all answers of all
 * models, so text is returned at once. The closing tag then returns `text-was-reasoning`, and callers remember
 * `isTemplateOpen` for the next answer.
 */
export class ThinkingSplitter {
  #state: 'start' | 'thinking' | 'after' | 'text' | 'plain' = 'start';
  #held = '';
  #thought = '';
  /** Last character of the text that was returned. */
  #last = '';
  #opened: string | null = null;
  readonly #opensThought: boolean;
  /** Whether the template opened the tag; null until the answer shows it. */
  isTemplateOpen: boolean | null = null;

  constructor({ opensThought = false }: { opensThought?: boolean } = {}) {
    this.#opensThought = opensThought;
  }

  push(delta: string): SplitText[] {
    this.#held += delta;
    if (this.#state === 'plain') return this.flush();
    const parts: SplitText[] = [];
    if (this.#state === 'start') this.#start();
    if (this.#state === 'thinking') this.#think(parts);
    if (this.#state === 'after') this.#skipBlanks(parts);
    if (this.#state === 'text') this.#scanText(parts);
    return parts;
  }

  /** The server separates reasoning by itself, so the content is the answer. */
  expectText(): void {
    if (this.#state === 'start') this.#state = 'plain';
  }

  /**
   * Returns text that was held back because it could have been part of a tag.
   * @param isComplete The model ended the answer by itself. Otherwise an unfinished thought stays reasoning.
   */
  flush(isComplete = false): SplitText[] {
    const delta = this.#held;
    this.#held = '';
    if (this.#state === 'after') return [];
    if (this.#state === 'thinking') {
      const rest: SplitText[] = delta === '' ? [] : [{ kind: 'reasoning', delta }];
      const isAnswer = this.#opened === null && isComplete;
      if (!isAnswer) return rest;
      this.isTemplateOpen = false;
      const answer = (this.#thought + delta).trimStart();
      return answer === '' ? rest : [...rest, { kind: 'text', delta: answer }];
    }
    if (this.#state === 'text') {
      const tag = findTag(`${delta}\n`, 0);
      if (tag?.kind === 'closing' && this.#isLone(`${delta}\n`, tag)) return this.#closeLate(delta, tag);
    }
    return delta === '' ? [] : [{ kind: 'text', delta }];
  }

  #start(): void {
    const tag = readOpeningTag(this.#held);
    if (tag === 'incomplete') return;
    if (tag) {
      this.#state = 'thinking';
      this.#opened = tag.name;
      this.#held = this.#held.slice(tag.end);
    } else this.#state = this.#opensThought ? 'thinking' : 'text';
  }

  #think(parts: SplitText[]): void {
    if (this.#thought === '') this.#held = this.#held.trimStart();
    const { closing, safe } = this.#findClosing();
    if (safe > 0) {
      const delta = this.#held.slice(0, safe);
      this.#thought += delta;
      parts.push({ kind: 'reasoning', delta });
    }
    this.#held = this.#held.slice(closing ? closing.end : safe);
    if (!closing) return;
    if (this.#opened === null) this.isTemplateOpen = true;
    this.#state = 'after';
  }

  #findClosing(): { closing: Tag | null; safe: number } {
    for (let from = 0; ; ) {
      const tag = findTag(this.#held, from);
      if (!tag) return { closing: null, safe: this.#held.length };
      if (tag.kind === 'incomplete') return { closing: null, safe: tag.start };
      const isEnd = tag.kind === 'closing' && (this.#opened === null || tag.name === this.#opened);
      if (isEnd) return { closing: tag, safe: tag.start };
      from = tag.end;
    }
  }

  #skipBlanks(parts: SplitText[]): void {
    const delta = this.#held.trimStart();
    if (delta === '') return;
    this.#state = 'plain';
    this.#held = '';
    parts.push({ kind: 'text', delta });
  }

  /** Looks for a closing tag without an opening one. After any other tag, the text is no longer examined. */
  #scanText(parts: SplitText[]): void {
    const tag = findTag(this.#held, 0);
    const isUndecided = tag?.kind === 'incomplete' || (tag?.kind === 'closing' && tag.end === this.#held.length);
    if (tag?.kind === 'closing' && !isUndecided && this.#isLone(this.#held, tag)) {
      const held = this.#held;
      this.#held = '';
      parts.push(...this.#closeLate(held, tag));
      this.#state = 'plain';
      return;
    }
    const safe = isUndecided ? tag.start : this.#held.length;
    if (safe > 0) parts.push({ kind: 'text', delta: this.#held.slice(0, safe) });
    this.#last = this.#held[safe - 1] ?? this.#last;
    this.#held = this.#held.slice(safe);
    if (tag && !isUndecided) this.#state = 'plain';
  }

  #closeLate(held: string, { start, end }: Tag): SplitText[] {
    this.isTemplateOpen = true;
    const parts: SplitText[] = [
      { kind: 'text', delta: held.slice(0, start) },
      { kind: 'text-was-reasoning' },
      { kind: 'text', delta: held.slice(end) },
    ];
    return parts.filter((part) => part.kind === 'text-was-reasoning' || part.delta !== '');
  }

  /** A tag at the end of a line. Within a line, such as in `</think>`, it is part of a sentence about tags. */
  #isLone(text: string, { start, end }: Tag): boolean {
    return (text[end] === '\n' || text[end] === '\r') && (text[start - 1] ?? this.#last) !== '`';
  }
}
