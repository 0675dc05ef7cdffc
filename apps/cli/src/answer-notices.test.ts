import type { AnswerEnd } from '@lorebox/sdk';
import { expect, it } from 'vitest';
import { noticesOf } from './answer-notices.ts';

const end = (change: Partial<AnswerEnd>) => ({ notices: [], finishReason: 'stop', ...change }) as unknown as AnswerEnd;
const codesOf = (...args: Parameters<typeof noticesOf>) => noticesOf(...args).map(({ code }) => code);

it('lists the notices of the search and of the answer', () => {
  const found = { notices: [{ code: 'rerank-timeout' as const, message: 'The reranker took too long.' }] };
  const notices = [{ code: 'prompt-cut' as const, message: 'The server cut the prompt.' }];
  expect(codesOf(found, end({ notices }))).toEqual(['rerank-timeout', 'prompt-cut']);
  expect(codesOf(null, end({}))).toEqual([]);
});

it('says that an answer was cut off or stopped, once', () => {
  expect(codesOf(null, end({ finishReason: 'length' }))).toEqual(['output-limit']);
  expect(codesOf(null, end({ finishReason: 'repetition' }))).toEqual(['repetition']);
  const notices = [{ code: 'output-limit' as const, message: 'Cut off after 20 tokens.' }];
  expect(noticesOf(null, end({ finishReason: 'length', notices }))).toEqual(notices);
});
