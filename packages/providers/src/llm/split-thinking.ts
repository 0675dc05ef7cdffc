export interface SplitText {
  kind: 'text' | 'reasoning';
  delta: string;
}

const TAGS = ['<think>', '<thinking>', '<thought>'];

/**
 * Separates `<think>…</think>` at the start of an answer, for models and servers that don't do it. Tags can be split
 * anywhere between two deltas. Later tags belong to the text of the answer.
 */
export class ThinkingSplitter {
  #state: 'start' | 'thinking' | 'after' | 'text' = 'start';
  #held = '';
  #closing = '';
  #hasThought = false;

  push(delta: string): SplitText[] {
    if (this.#state === 'text') return delta === '' ? [] : [{ kind: 'text', delta }];
    this.#held += delta;
    const parts: SplitText[] = [];
    if (this.#state === 'start') this.#start(parts);
    if (this.#state === 'thinking') this.#think(parts);
    if (this.#state === 'after') this.#skipBlanks(parts);
    return parts;
  }

  /** Returns text that was held back because it could have been the start of a tag. */
  flush(): SplitText[] {
    const delta = this.#held;
    this.#held = '';
    if (delta === '' || this.#state === 'after') return [];
    return [{ kind: this.#state === 'thinking' ? 'reasoning' : 'text', delta }];
  }

  #start(parts: SplitText[]): void {
    const trimmed = this.#held.trimStart();
    const tag = TAGS.find((candidate) => trimmed.startsWith(candidate));
    if (tag) {
      this.#state = 'thinking';
      this.#closing = `</${tag.slice(1)}`;
      this.#held = trimmed.slice(tag.length);
    } else if (!TAGS.some((candidate) => candidate.startsWith(trimmed))) {
      this.#state = 'text';
      parts.push({ kind: 'text', delta: this.#held });
      this.#held = '';
    }
  }

  #think(parts: SplitText[]): void {
    if (!this.#hasThought) this.#held = this.#held.trimStart();
    if (this.#held !== '') this.#hasThought = true;
    const end = this.#held.indexOf(this.#closing);
    const safe = end >= 0 ? end : this.#held.length - longestTail(this.#held, this.#closing);
    if (safe > 0) parts.push({ kind: 'reasoning', delta: this.#held.slice(0, safe) });
    this.#held = this.#held.slice(end >= 0 ? end + this.#closing.length : safe);
    if (end >= 0) this.#state = 'after';
  }

  #skipBlanks(parts: SplitText[]): void {
    const delta = this.#held.trimStart();
    if (delta === '') return;
    this.#state = 'text';
    this.#held = '';
    parts.push({ kind: 'text', delta });
  }
}

/** Length of the longest suffix of `text` that is a prefix of `tag`. */
function longestTail(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}
