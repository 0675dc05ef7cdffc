import type { AnswerEvent } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { watch } from './watch.ts';

let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
  const { id } = await test.addWorkspace('demo');
  await test.addText(id, 'Dogs are allowed in trains. They need a ticket of their own.', 'rules');
});
afterEach(() => test.close());

async function answerTo(question: string, input: Partial<Parameters<typeof ask>[2]> = {}): Promise<AnswerEvent[]> {
  const { answerId } = await ask(test.core, test.admin, { workspace: 'demo', question, ...input });
  const events: AnswerEvent[] = [];
  for await (const event of watch(test.core, test.admin, { answerId })) events.push(event);
  return events;
}

const lastCall = () => test.model.calls.at(-1);

describe('the output limit', () => {
  it('is sent with every question, and is what the prompt leaves room for', async () => {
    const events = await answerTo('Are dogs allowed?');
    expect(lastCall()).toMatchObject({ maxOutputTokens: 1024, temperature: 0.1, reasoning: 'none' });
    expect(events.at(-1)).toMatchObject({ context: { reservedForAnswer: 1024, window: 8192 } });
  });

  it('is a setting of the question and of the workspace, and never more than a third of the window', async () => {
    await answerTo('Are dogs allowed?', { maxAnswerTokens: 50 });
    expect(lastCall()?.maxOutputTokens).toBe(50);
    test.model.contextWindow = 2048;
    await answerTo('Are dogs allowed?', { maxAnswerTokens: 5000 });
    expect(lastCall()?.maxOutputTokens).toBe(682);
  });

  it('gives thinking its own room', async () => {
    await answerTo('Are dogs allowed?', { maxAnswerTokens: 100, thinking: 'low' });
    expect(lastCall()).toMatchObject({ maxOutputTokens: 612, reasoning: 'low' });
    test.model.accepts = { images: null, tools: null, thinking: false };
    await answerTo('Are dogs allowed?', { maxAnswerTokens: 100, thinking: 'low' });
    expect(lastCall()?.maxOutputTokens).toBe(100);
  });

  it('is said in the answer that it cut off', async () => {
    test.model.finishReason = 'length';
    expect((await answerTo('Are dogs allowed?')).at(-1)).toMatchObject({
      finishReason: 'length',
      notices: [{ code: 'output-limit' }],
    });
  });
});

it('stops a model that repeats itself, keeps the text, and says so', async () => {
  let wordsSent = 0;
  test.model.reply = async function* () {
    for (; wordsSent < 100_000; wordsSent += 1) yield 'Dogs need a ticket. ';
  };
  const end = (await answerTo('Are dogs allowed?')).at(-1);
  expect(end).toMatchObject({ type: 'answer-end', finishReason: 'repetition', notices: [{ code: 'repetition' }] });
  expect(wordsSent).toBeLessThan(100);
});

it.each([
  [['thought'], 'thinking'],
  [[], 'empty answer'],
])('fails if the model writes no text: %j', async (reasoning, reason) => {
  test.model.reasoning = reasoning;
  test.model.reply = '';
  const events = await answerTo('Are dogs allowed?');
  expect(events.at(-1)).toMatchObject({ type: 'answer-error', code: 'MODEL_FAILED' });
  expect(events.at(-1)).toMatchObject({ message: expect.stringContaining(reason) });
});

describe('an answer that no passage supports', () => {
  it('is followed by the best sentence of the documents, if it must be from them', async () => {
    test.model.reply = 'Cats fly to Paris on Mondays.';
    const end = (await answerTo('Are dogs allowed in trains?', { mode: 'query' })).at(-1);
    expect(end).toMatchObject({
      answer: 'Cats fly to Paris on Mondays.\n\n> Dogs are allowed in trains. [1]',
      citations: [{ n: 1, origin: 'matched', text: 'Dogs are allowed in trains.' }],
    });
    if (end?.type !== 'answer-end') throw new Error('No answer.');
    const [sentence] = end.citations[0]?.sentences ?? [];
    expect(end.answer.slice(sentence?.start, sentence?.end)).toBe('Dogs are allowed in trains.');
  });

  it('stands alone if the model may use its own knowledge, and if it is a refusal', async () => {
    test.model.reply = 'Cats fly to Paris on Mondays.';
    expect((await answerTo('Are dogs allowed in trains?')).at(-1)).toMatchObject({ answer: test.model.reply });
    test.model.reply = 'The documents in this workspace do not answer this question.';
    const refused = (await answerTo('Are dogs allowed in trains?', { mode: 'query' })).at(-1);
    expect(refused).toMatchObject({ answer: test.model.reply, finishReason: 'refused', citations: [] });
  });
});

describe('a server that refuses the prompt as too long', () => {
  it('is asked once more with fewer sources, and the user is told', async () => {
    const { id } = await test.addWorkspace('long');
    test.core.settingDefaults.firstTokenSeconds = 0;
    for (let i = 0; i < 8; i += 1)
      await test.addText(id, `Dogs of kind ${i} are allowed. ${'More words follow. '.repeat(60)}`);
    test.model.reply = async function* ({ prompt }) {
      if (JSON.stringify(prompt).length > 6000) throw new AppError('CONTEXT_TOO_SMALL', 'Too long.');
      yield 'Dogs of kind 1 are allowed.';
    };
    const events = await answerTo('Which dogs are allowed?', { workspace: 'long' });
    expect(test.model.calls).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ type: 'answer-end', notices: [{ code: 'prompt-cut' }] });
    const end = events.at(-1);
    expect(end?.type === 'answer-end' && end.context.sourcesUsed).toBeLessThan(8);
  });

  it('ends with its error if it refuses again', async () => {
    const { id } = await test.addWorkspace('long');
    for (let i = 0; i < 8; i += 1)
      await test.addText(id, `Dogs of kind ${i} are allowed. ${'More words follow. '.repeat(60)}`);
    test.model.reply = async function* () {
      yield* [];
      throw new AppError('CONTEXT_TOO_SMALL', 'Too long.');
    };
    const events = await answerTo('Which dogs are allowed?', { workspace: 'long' });
    expect(events.at(-1)).toMatchObject({ code: 'CONTEXT_TOO_SMALL' });
    expect(test.model.calls).toHaveLength(2);
  });
});

describe('a server that cuts prompts without an error', () => {
  beforeEach(async () => {
    const { id } = await test.addWorkspace('long', { topK: 30 });
    for (let i = 0; i < 30; i += 1)
      await test.addText(id, `Dogs of kind ${i} are allowed. ${'More words follow here. '.repeat(60)}`);
    test.model.reportsTruncation = false;
    test.model.contextWindow = 16_384;
    test.core.settingDefaults.firstTokenSeconds = 0;
    test.model.reply = 'Dogs of kind 3 are allowed.';
  });

  /** Reports what it read, and reads at most half of a window of 4,096 tokens if the prompt is longer. */
  const reportCut = (promptTokens: number) => (promptTokens > 4096 ? 2050 : Math.round(promptTokens * 0.9));

  it('is found out by its count: the question is repeated within the true window, before any text is shown', async () => {
    test.model.inputTokens = reportCut;
    const events = await answerTo('Which dogs are allowed?', { workspace: 'long' });
    expect(test.model.calls).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'prompt-sent')).toHaveLength(2);
    const end = events.at(-1);
    expect(end).toMatchObject({
      type: 'answer-end',
      notices: [{ code: 'prompt-cut' }],
      answer: expect.stringMatching(/^Dogs of kind 3 are allowed/),
    });
    expect(end?.type === 'answer-end' && end.context.promptTokens).toBeLessThanOrEqual(2050);
    // The limit is remembered.
    const next = (await answerTo('Which dogs are allowed?', { workspace: 'long' })).at(-1);
    expect(test.model.calls).toHaveLength(3);
    expect(next).toMatchObject({ notices: [] });
  });

  it('is asked for the whole window again after a day', async () => {
    test.model.inputTokens = reportCut;
    await answerTo('Which dogs are allowed?', { workspace: 'long' });
    test.clock.advance(25 * 3_600_000);
    test.model.inputTokens = (tokens) => tokens;
    const end = (await answerTo('Which dogs are allowed?', { workspace: 'long' })).at(-1);
    expect(end?.type === 'answer-end' && end.context.promptTokens).toBeGreaterThan(5000);
  });

  it('streams at once when it has read such a prompt before', async () => {
    test.model.inputTokens = (tokens) => tokens;
    await answerTo('Which dogs are allowed?', { workspace: 'long' });
    const events = await answerTo('Which dogs are allowed?', { workspace: 'long' });
    expect(events.at(-1)).toMatchObject({ notices: [] });
    expect(test.model.calls).toHaveLength(2);
  });
});

it('learns the tokens and the speed of a model, and gives a slow one fewer passages', async () => {
  const { id } = await test.addWorkspace('long', { topK: 30 });
  for (let i = 0; i < 30; i += 1)
    await test.addText(id, `Dogs of kind ${i} are allowed. ${'More words follow here. '.repeat(60)}`);
  test.core.settingDefaults.firstTokenSeconds = 30;
  test.model.inputTokens = (tokens) => Math.round(tokens / 2);
  const first = (await answerTo('Which dogs are allowed?', { workspace: 'long' })).at(-1);
  const stats = await test.stores.modelStats.get('test:default');
  expect(stats?.tokenFactors.latin).toBeLessThan(0.6);
  if (!stats) throw new Error('Nothing was learned.');
  await test.stores.modelStats.put({ ...stats, tokenFactors: { latin: 1, cjk: 1, other: 1 }, readTokensPerSecond: 60 });
  const second = (await answerTo('Which dogs are allowed?', { workspace: 'long' })).at(-1);
  if (first?.type !== 'answer-end' || second?.type !== 'answer-end') throw new Error('No answer.');
  expect(second.context.sourcesUsed).toBeLessThan(first.context.sourcesUsed);
  expect(second.context.sourcesUsed).toBeGreaterThan(0);
  expect(second.notices).toMatchObject([{ code: 'sources-left-out' }]);
});

it('counts with the tokenizer of the model where it has one, and estimates when that fails', async () => {
  const counted: string[] = [];
  test.model.countTokens = async (texts) => {
    counted.push(...texts);
    return texts.map((text) => Math.ceil(text.length / 3));
  };
  const end = (await answerTo('Are dogs allowed?')).at(-1);
  expect(counted).toHaveLength(1);
  const exact = Math.ceil((counted[0]?.length ?? 0) / 3);
  expect(end?.type === 'answer-end' && end.context.promptTokens / exact).toBeGreaterThan(0.95);
  expect(end?.type === 'answer-end' && end.context.promptTokens / exact).toBeLessThan(1.35);
  test.model.countTokens = () => Promise.reject(new AppError('MODEL_FAILED', 'No tokenizer.'));
  expect((await answerTo('Are dogs allowed?')).at(-1)).toMatchObject({ type: 'answer-end' });
});
