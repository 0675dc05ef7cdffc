import { expect, it } from 'vitest';
import { answerLimits, maxTokensOf } from './answer-limits.ts';
import { toFinishReason } from './completion-parts.ts';
import { CompletionRequest } from './completion-request.ts';
import { ResponseRequest, toCompletionRequest } from './response-request.ts';

const messages = [{ role: 'user', content: 'Why?' }];
const complete = (change: object) => CompletionRequest.parse({ model: 'm', messages, ...change });
const respond = (change: object) =>
  toCompletionRequest(ResponseRequest.parse({ model: 'm', input: 'Why?', ...change }), async () => '');

it.each([
  [{}, undefined],
  [{ max_tokens: 100 }, 100],
  [{ max_completion_tokens: 200 }, 200],
  [{ max_tokens: 100, max_completion_tokens: 200 }, 200],
  [{ max_tokens: 1 }, 16],
  [{ max_tokens: 999_999 }, 131_072],
])('limits the length of an answer: %j', (change, max) => {
  expect(answerLimits(complete(change)).maxAnswerTokens).toBe(max);
});

it('sends the exact limit to a raw model', () => {
  expect(maxTokensOf(complete({ max_tokens: 1 }))).toBe(1);
});

it.each([
  ['none', 'off'],
  ['minimal', 'low'],
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'high'],
])('reasoning effort %s is thinking %s', async (effort, thinking) => {
  expect(answerLimits(complete({ reasoning_effort: effort })).thinking).toBe(thinking);
  expect(answerLimits(await respond({ reasoning: { effort } })).thinking).toBe(thinking);
});

it('reads the limits of a response request', async () => {
  expect(answerLimits(await respond({ max_output_tokens: 300 }))).toEqual({
    maxAnswerTokens: 300,
    thinking: undefined,
  });
  expect(answerLimits(await respond({ reasoning: { effort: null, summary: 'auto' } })).thinking).toBeUndefined();
  expect(CompletionRequest.safeParse({ model: 'm', messages, reasoning_effort: 'extreme' }).success).toBe(false);
});

it('a repetition is reported as a cut', () => {
  expect(['stop', 'length', 'repetition', 'refused', 'tool-calls'].map(toFinishReason)).toEqual([
    'stop',
    'length',
    'length',
    'stop',
    'tool_calls',
  ]);
});
