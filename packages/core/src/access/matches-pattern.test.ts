import { expect, it } from 'vitest';
import { matchesPattern } from './matches-pattern.ts';

it('supports `*` and no other wildcards', () => {
  for (const [pattern, text] of [
    ['ollama:*', 'ollama:llama3.2'],
    ['*', ''],
    ['a*b*c', 'axxbyyc'],
    ['a*b', 'ab'],
    ['*.gguf', 'gguf:model.gguf'],
    ['exact', 'exact'],
    ['**', 'anything'],
  ] as const)
    expect(matchesPattern(pattern, text), `${pattern} ${text}`).toBe(true);
  for (const [pattern, text] of [
    ['ollama:*', 'openai:gpt'],
    ['a*a', 'a'],
    ['a*b*b', 'ab'],
    ['exact', 'exactly'],
    ['a.c', 'abc'],
    ['(a*)+', 'aaaa'],
    ['', 'x'],
  ] as const)
    expect(matchesPattern(pattern, text), `${pattern} ${text}`).toBe(false);
});

it('matches the same as a regular expression on random patterns', () => {
  let seed = 7;
  const next = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const word = (letters: string, length: number) =>
    Array.from({ length: next(length) }, () => letters[next(letters.length)]).join('');
  for (let i = 0; i < 3000; i += 1) {
    const [pattern, text] = [word('ab*', 7), word('ab', 9)];
    const expected = new RegExp(`^${pattern.replace(/\*+/g, '.*')}$`).test(text);
    expect(matchesPattern(pattern, text), `${pattern} ${text}`).toBe(expected);
  }
});
