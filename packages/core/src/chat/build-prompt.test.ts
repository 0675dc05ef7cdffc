import type { Message } from '@lorebox/contract/chat';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../text/estimate-tokens.ts';
import { buildPrompt, type PromptParts, promptText } from './build-prompt.ts';
import { takeHistory } from './load-history.ts';
import type { Passage } from './passage.ts';
import type { TurnBudget } from './turn-budget.ts';

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
  unsupported: [],
  model: null,
  finishReason: null,
  feedbackReason: null,
  error: null,
  feedback: null,
  feedbackShared: false,
  createdAt: new Date(0),
});
function budgetOf(window: number, maxFreshTokens: number | null = null): TurnBudget {
  const reservedForAnswer = Math.min(1024, Math.floor(window / 4));
  return { window, reservedForAnswer, maxPromptTokens: window - reservedForAnswer, maxFreshTokens };
}

const parts: PromptParts = {
  instructions: '',
  mode: 'chat',
  refusalText: 'No.',
  question: 'What is it?',
  images: [],
  passages: [],
  history: [],
  historyStart: 0,
  budget: budgetOf(4096),
  countTokens: estimateTokens,
  fence: 'f00d',
};
const sizeOf = (prompt: unknown) => estimateTokens(JSON.stringify(prompt));

describe('buildPrompt', () => {
  it('never exceeds the context window', () => {
    for (const contextWindow of [2048, 4096, 16_384]) {
      const passages = Array.from({ length: 50 }, (_, i) => passage(i + 1, 150));
      const history = Array.from({ length: 40 }, (_, i) => message(i, words(100)));
      const fitted = buildPrompt({ ...parts, passages, history, budget: budgetOf(contextWindow) });
      expect(fitted.promptTokens).toBeLessThanOrEqual(budgetOf(contextWindow).maxPromptTokens);
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

  it('reads fewer passages if the model is slow, the best ones, and says so', () => {
    const passages = Array.from({ length: 8 }, (_, i) => passage(i + 1, 100));
    const slow = buildPrompt({ ...parts, passages, budget: budgetOf(16_384, 1000) });
    expect(slow.freshTokens).toBeLessThanOrEqual(1000);
    expect(slow.used.map(({ n }) => n)).toEqual([1, 2]);
    expect(slow.isShortened).toBe(true);
    const verySlow = buildPrompt({ ...parts, passages: [passage(1, 40)], budget: budgetOf(16_384, 10) });
    expect(verySlow.used).toHaveLength(1);
    const whole = buildPrompt({ ...parts, passages, budget: budgetOf(16_384, 1000), mustRead: 8 });
    expect([whole.used.length, whole.isShortened]).toEqual([8, false]);
  });

  it('shortens the best passage to whole sentences if it does not fit', () => {
    const text = Array.from({ length: 300 }, (_, i) => `Sentence ${i} is here.`).join(' ');
    const long = { ...passage(1, 1), start: 100, end: 100 + text.length, text };
    const [used] = buildPrompt({ ...parts, passages: [long, passage(2, 5)], budget: budgetOf(1024) }).used;
    expect(used?.text).toMatch(/^Sentence 0 .* is here\.$/);
    expect(used?.end).toBe(100 + (used?.text.length ?? 0));
  });

  it('puts the best passage right before the question, and each title once', () => {
    const passages = [passage(1, 20), { ...passage(2, 20), documentId: 'e', title: 'Other' }, passage(3, 20)];
    const text = promptText(buildPrompt({ ...parts, passages }).prompt);
    const order = [...text.matchAll(/^f00d (\d): (.*)$/gm)].map(([, n, place]) => `${n} ${place}`);
    expect(order).toEqual(['2 Other, page 2', '3 T3, page 3', '1 same document, page 1']);
    expect(text.trimEnd()).toMatch(/Question: What is it\?$/);
  });

  it('drops history in blocks, so that the beginning of the prompt stays the same for several turns', () => {
    const thread = Array.from({ length: 60 }, (_, i) => message(i, `turn ${i} ${words(60)}`));
    const firstOf = (turn: number) => {
      const { messages, start } = takeHistory(thread.slice(0, turn * 2), 20);
      const text = promptText(buildPrompt({ ...parts, history: messages, historyStart: start }).prompt);
      return /turn (\d+) /.exec(text)?.[1];
    };
    const firsts = Array.from({ length: 20 }, (_, i) => firstOf(i + 10));
    const changes = firsts.filter((first, i) => i > 0 && first !== firsts[i - 1]).length;
    expect(changes).toBeGreaterThan(3);
    expect(changes).toBeLessThanOrEqual(7);
  });

  it('reports a question that is too long by itself', () => {
    expect(() => buildPrompt({ ...parts, question: words(5000) })).toThrow(/Shorten/);
  });

  it('removes the citation numbers of earlier answers', () => {
    const fitted = buildPrompt({ ...parts, history: [message(0, 'Q'), message(1, 'It is so [3].')] });
    expect(JSON.stringify(fitted.prompt)).toContain('It is so.');
  });
});
