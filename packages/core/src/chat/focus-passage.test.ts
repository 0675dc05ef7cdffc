import { describe, expect, it } from 'vitest';
import { focusPassage } from './focus-passage.ts';
import type { Passage } from './passage.ts';

const text = Array.from({ length: 40 }, (_, i) =>
  i === 23 ? 'The lamp of the lighthouse burns 12 liters of oil a night.' : `Keeper ${i} wrote about the lighthouse.`,
).join(' ');
const passage: Passage = {
  n: 1,
  chunkId: 'c',
  documentId: 'd',
  externalId: null,
  title: 'Log',
  filename: 'f',
  page: 1,
  startTime: null,
  endTime: null,
  section: null,
  start: 100,
  end: 100 + text.length,
  text,
  score: 1,
};

describe('focusPassage', () => {
  it('keeps the sentences about the question, at their offsets', () => {
    const focused = focusPassage(passage, 'How much oil does the lamp of the lighthouse burn?', 200);
    expect(focused.text).toContain('12 liters of oil');
    expect(focused.text.length).toBeLessThanOrEqual(200);
    expect(text.slice(focused.start - 100, focused.end - 100)).toBe(focused.text);
  });

  it('leaves a passage that fits, and one whose sentences are all too long', () => {
    expect(focusPassage(passage, 'oil', 10_000)).toBe(passage);
    const run = { ...passage, text: 'x'.repeat(1000) };
    expect(focusPassage(run, 'oil', 100)).toBe(run);
  });
});
