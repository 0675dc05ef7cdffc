import type { AnswerEvent } from '@lorebox/contract/chat';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../chat/ask.ts';
import { promptText } from '../chat/build-prompt.ts';
import { watch } from '../chat/watch.ts';

let test: TestCore;
let workspaceId: string;

const PARTY = /Party (\w+\d+) signed/g;
const FILLER = 'Terms of payment apply as usual and are described in the annex. '.repeat(30);
const COUNT = 60;

beforeEach(async () => {
  test = await createTestCore();
  ({ id: workspaceId } = await test.addWorkspace('demo'));
  for (let i = 0; i < COUNT; i += 1) {
    await test.addText(workspaceId, `Party Corp${i} signed contract ${i}. ${FILLER}`, `Contract ${i}`);
  }
});
afterEach(() => {
  vi.useRealTimers();
  return test.close();
});

type End = Extract<AnswerEvent, { type: 'answer-end' }>;

async function answerTo(question: string): Promise<End & { streamed: string; prompts: string[] }> {
  const { answerId } = await ask(test.core, test.admin, { workspace: 'demo', question });
  let streamed = '';
  for await (const event of watch(test.core, test.admin, { answerId })) {
    if (event.type === 'text-delta') streamed += event.text;
    if (event.type === 'answer-error') throw new Error(event.message);
    if (event.type !== 'answer-end') continue;
    return { ...event, streamed, prompts: test.model.calls.map(({ prompt }) => promptText(prompt)) };
  }
  throw new Error('The answer did not end.');
}

/** Lists what stands in the prompt, like a careful model. */
async function* listParties(call: { prompt: Parameters<typeof promptText>[0] }): AsyncIterable<string> {
  const names = [...promptText(call.prompt).matchAll(PARTY)].map(([, name]) => name);
  yield 'Here are the parties:\n';
  for (const [i, name] of names.entries()) yield `${i + 1}. Party ${name} signed contract ${name?.slice(4)}.\n`;
}

describe('a list of more than fits into a prompt', () => {
  it('is read in parts, until all of it is read', async () => {
    test.model.reply = listParties;
    const { answer, streamed, prompts, context, citations, usage, unsupported } = await answerTo(
      'List all parties in the contracts.',
    );
    expect(prompts.length).toBeGreaterThan(2);
    const names = new Set([...answer.matchAll(/Party (Corp\d+)/g)].map(([, name]) => name));
    expect(names.size).toBe(COUNT);
    expect(answer.match(/Party Corp\d+/g)).toHaveLength(COUNT);
    expect(answer.match(/Here are/g)).toHaveLength(1);
    expect(streamed).toBe(answer);
    expect(context).toMatchObject({ documentsMatching: COUNT, documentsRead: COUNT, sourcesCut: 0 });
    expect(answer).toContain(`in ${COUNT} of ${COUNT} documents.)`);
    expect(unsupported).toEqual([]);
    expect(citations.length).toBe(COUNT);
    for (const { text, sentences, title } of citations) {
      expect(text).toContain(`Party Corp${title.split(' ')[1]} signed`);
      for (const { start, end } of sentences) expect(answer.slice(start, end)).toContain(`Corp${title.split(' ')[1]} `);
    }
    expect(usage.outputTokens).toBeGreaterThan(0);
  });

  it('has items that several parts name only once, and is counted', async () => {
    test.model.reply = '- Party Corp3\n- Party Corp4 [1]';
    const { answer, prompts } = await answerTo('How many parties are named in the contracts?');
    expect(prompts.length).toBeGreaterThan(1);
    expect(answer.match(/Corp3/g)).toHaveLength(1);
    expect(answer).toContain('Number of items: 2.');
    expect(prompts[0]).toContain('starts with "- "');
  });

  it('skips parts without items, and is a refusal if there are none', async () => {
    let part = 0;
    test.model.reply = async function* () {
      part += 1;
      yield part === 2 ? '- Party Corp9' : 'The sources do not contain the answer.';
    };
    expect((await answerTo('List all parties in the contracts.')).answer).toMatch(/^- Party Corp9/);
    test.model.reply = 'The sources do not contain the answer.';
    const { answer } = await answerTo('List all parties in the contracts.');
    expect(answer.match(/do not contain/g)).toHaveLength(1);
  });

  it('ends in time, and says what was read', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    test.model.reply = async function* (call) {
      vi.advanceTimersByTime(8_000);
      yield* listParties(call);
    };
    const { context, answer, prompts } = await answerTo('List all parties in the contracts.');
    vi.useRealTimers();
    expect(prompts.length).toBeLessThanOrEqual(6);
    expect(context.documentsRead).toBeLessThan(COUNT);
    expect(answer).toMatch(
      new RegExp(`\\(From \\d+ passages in ${context.documentsRead} of ${COUNT} documents\\.\\)$`),
    );
  });
});
