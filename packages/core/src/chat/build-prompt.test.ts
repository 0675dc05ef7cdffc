import type { Message } from '@lorebox/contract/chat';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../text/estimate-tokens.ts';
import { buildPrompt, type PromptParts } from './build-prompt.ts';
import type { Passage } from './passage.ts';

const words = (n: number) => Array.from({ length: n }, (_, i) => `word${i}`).join(' ');
const passage = (n: number, length: number): Passage => ({
  n,
  chunkId: `c${n}`,
  documentId: 'd',
  externalId: null,
  title: `T${n}`,
  filename: 'f',
  page: n,
  startTime: null,
  endTime: null,
  section: null,
  start: 0,
  end: 1,
  text: words(length),
  score: 1,
});
const message = (i: number, text: string): Message => ({
  id: `m${i}`,
  threadId: 't',
  role: i % 2 === 0 ? 'user' : 'assistant',
  text,
  reasoning: null,
  status: 'complete',
  answerId: null,
  citations: [],
  error: null,
  feedback: null,
  feedbackShared: false,
  createdAt: new Date(0),
});
const parts: PromptParts = {
  instructions: '',
  mode: 'chat',
  refusalText: 'No.',
  question: 'What is it?',
  images: [],
  passages: [],
  history: [],
  contextWindow: 4096,
  fence: 'f00d',
};
const sizeOf = (prompt: unknown) => estimateTokens(JSON.stringify(prompt));

describe('buildPrompt', () => {
  it('never exceeds the context window', () => {
    for (const contextWindow of [2048, 4096, 16_384]) {
      const passages = Array.from({ length: 50 }, (_, i) => passage(i + 1, 150));
      const history = Array.from({ length: 40 }, (_, i) => message(i, words(100)));
      const fitted = buildPrompt({ ...parts, passages, history, contextWindow });
      expect(fitted.promptTokens + fitted.reservedForAnswer).toBeLessThanOrEqual(contextWindow);
      expect(sizeOf(fitted.prompt)).toBeLessThan(contextWindow * 1.1);
      expect(fitted.used.map(({ n }) => n)).toEqual(fitted.used.map((_, i) => i + 1));
    }
  });

  it('keeps the newest history and the best sources', () => {
    const history = Array.from({ length: 10 }, (_, i) => message(i, `turn ${i} ${words(300)}`));
    const fitted = buildPrompt({ ...parts, passages: [passage(1, 50)], history });
    expect(fitted.used).toHaveLength(1);
    expect(fitted.historyUsed).toBeLessThan(10);
    expect(JSON.stringify(fitted.prompt)).toContain('turn 9');
    expect(JSON.stringify(fitted.prompt)).not.toContain('turn 0 ');
  });

  it('reports a question that is too long by itself', () => {
    expect(() => buildPrompt({ ...parts, question: words(5000) })).toThrow(/Shorten/);
  });

  it('removes the citation numbers of earlier answers', () => {
    const fitted = buildPrompt({ ...parts, history: [message(0, 'Q'), message(1, 'It is so [3].')] });
    expect(JSON.stringify(fitted.prompt)).toContain('It is so.');
  });
});
