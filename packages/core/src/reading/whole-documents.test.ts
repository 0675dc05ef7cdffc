import type { AnswerEvent } from '@lorebox/contract/chat';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { overviewAnswer } from '../chat/overview-answer.ts';
import type { Passage } from '../chat/passage.ts';
import { watch } from '../chat/watch.ts';
import { updateDocument } from '../documents/update-document.ts';
import { uploadDocuments } from '../documents/upload-documents.ts';

let test: TestCore;
let workspaceId: string;

const CONTRACT =
  'This service contract is made between Norland Ltd and Ms. Ruiz. It runs from March 2024. ' +
  'The fee is 900 euros per month. Either side may end it with a notice period of three months.';
const OFFER = 'This offer of Vega Systems covers the maintenance of pumps. The fee is 700 euros per month.';

beforeEach(async () => {
  test = await createTestCore();
  ({ id: workspaceId } = await test.addWorkspace('demo'));
});
afterEach(() => test.close());

async function answerTo(question: string): Promise<Extract<AnswerEvent, { type: 'answer-end' }> & { prompt: string }> {
  const { answerId } = await ask(test.core, test.admin, { workspace: 'demo', question });
  for await (const event of watch(test.core, test.admin, { answerId })) {
    if (event.type === 'answer-end') return { ...event, prompt: test.model.lastPrompt };
    if (event.type === 'answer-error') throw new Error(event.message);
  }
  throw new Error('The answer did not end.');
}

const part = (n: number): Passage => ({
  ...{
    n,
    chunkId: `c${n}`,
    documentId: 'd',
    externalId: null,
    title: 'Invoices',
    filename: 'f',
    page: n,
    section: null,
  },
  ...{ startTime: null, endTime: null, start: n * 100, end: n * 100 + 10, text: `Invoice ${n}`, score: 1 },
});

const longText = (topic: string, sections: number) =>
  Array.from(
    { length: sections },
    (_, i) =>
      `Part ${i} of ${topic}.\n\nSection ${i} explains how item ${i} of ${topic} works in detail. ` +
      `The value of item ${i} is ${i * 17}. ${`Some general remarks about everything follow in part ${i}. `.repeat(6)}`,
  ).join('\n\n');

describe('without a model', () => {
  beforeEach(() => {
    test.model.isConfigured = false;
  });

  it.each([
    'What is this document about?',
    'Summarize the contract',
    'What is this collection about?',
    'Worum geht es in dem Vertrag?',
  ])('quotes the beginning of the document, labeled as such: %s', async (question) => {
    await test.addText(workspaceId, CONTRACT, 'Service contract');
    const { answer, citations, finishReason } = await answerTo(question);
    expect(answer).toContain('between Norland Ltd and Ms. Ruiz');
    expect(answer).toContain('not a summary');
    expect(citations[0]?.text).toContain('Norland');
    expect(finishReason).toBe('stop');
  });

  it('quotes all that was read if all items are wanted', async () => {
    await test.addText(workspaceId, CONTRACT, 'Service contract');
    const { answer } = await answerTo('List all parties');
    expect(answer).toContain('not a list');
    expect(answer).toContain('between Norland Ltd and Ms. Ruiz');
    const material = { passages: [1, 2, 3, 4, 5, 6].map((n) => part(n)), facts: [], documentsMatching: 1 };
    const quotes = (itemsWanted: 'list' | null) => overviewAnswer({ ...material, itemsWanted }, null).match(/^> /gm);
    expect([quotes('list')?.length, quotes(null)?.length]).toEqual([6, 4]);
  });

  it('leaves out what is excluded from reading', async () => {
    const menu = 'Menu: The contract of the shop. About the contract. Imprint of the contract.';
    const body = [menu, CONTRACT, menu, OFFER, menu, longText('the contract', 40), menu].join('\n\n');
    const files = [{ staged: await test.stageFile('contract.txt', body) }];
    await uploadDocuments(test.core, test.admin, { workspace: 'demo', files });
    await test.runIngest();
    const { answer, citations } = await answerTo('What is this document about?');
    expect(answer).toContain('between Norland Ltd and Ms. Ruiz');
    expect(answer).not.toContain('Imprint');
    expect(citations.map(({ text }) => text).join()).not.toContain('Imprint');
  });

  it('quotes key sentences from all parts of a long document', async () => {
    await test.addText(workspaceId, longText('the manual', 60), 'Manual');
    const { answer, citations, context } = await answerTo('Summarize the manual');
    expect(answer.length).toBeLessThan(4000);
    const places = citations.map(({ start }) => start);
    expect(Math.max(...places)).toBeGreaterThan(10_000);
    expect(context).toMatchObject({ basis: 'summaries', documentsMatching: 1 });
  });

  it('says that nothing was found only if nothing was found', async () => {
    expect((await answerTo('Summarize the contract')).finishReason).toBe('refused');
  });
});

describe('with a model', () => {
  it('reads short documents whole, in order, and cites them', async () => {
    await test.addText(workspaceId, CONTRACT, 'Service contract');
    await test.addText(workspaceId, OFFER, 'Vega offer');
    test.model.reply = 'The contract is between Norland Ltd and Ms. Ruiz.';
    const { prompt, context, citations } = await answerTo('Summarize the contract');
    expect(prompt).toContain('three months');
    expect(prompt).not.toContain('Vega');
    expect(context).toMatchObject({ basis: 'documents', documentsMatching: 1, documentsRead: 1 });
    expect(citations).toMatchObject([{ origin: 'matched', title: 'Service contract' }]);
  });

  it('reads both documents of a comparison', async () => {
    await test.addText(workspaceId, CONTRACT, 'Norland contract');
    await test.addText(workspaceId, OFFER, 'Vega offer');
    await test.addText(workspaceId, 'Minutes of the meeting about the garden party.', 'Minutes');
    const { prompt, context } = await answerTo('Compare the Norland contract and the Vega offer');
    expect(prompt).toContain('900 euros');
    expect(prompt).toContain('700 euros');
    expect(prompt).not.toContain('garden');
    expect(context.documentsMatching).toBe(2);
  });

  it('reads the key sentences of a document that is too long, and says so', async () => {
    await test.addText(workspaceId, longText('the manual', 80), 'Manual');
    const { prompt, context, notices } = await answerTo('What is this document about?');
    expect(context).toMatchObject({ basis: 'summaries', documentsRead: 1 });
    expect(notices).toMatchObject([{ code: 'partial-reading' }]);
    expect(prompt).toMatch(/(?:item|part) [67]\d/i);
    expect(context.promptTokens).toBeLessThanOrEqual(8 * 150 + 300);
  });

  it('reads the summary of a long document once there is one, and cites the text itself', async () => {
    const text = longText('the manual', 80);
    const id = await test.addText(workspaceId, text, 'Manual');
    test.model.reply = async function* ({ prompt }) {
      const [, item] = /item (\d+) of the manual/.exec(JSON.stringify(prompt)) ?? [];
      yield `Section ${item} explains how item ${item} of the manual works.`;
    };
    await test.runSummaries();
    expect(await test.stores.documents.get(id)).toMatchObject({ summaryState: 'complete' });
    const nodes = await test.stores.summaries.list(id);
    expect(nodes.filter(({ level }) => level === 0).length).toBeGreaterThan(5);
    expect(Math.max(...nodes.map(({ level }) => level))).toBeGreaterThan(0);
    test.model.reply = 'The value of item 17 is 289.';
    const { context, notices, citations } = await answerTo('Summarize the manual');
    expect(context.basis).toBe('summaries');
    expect(notices).toEqual([]);
    expect(citations[0]?.text).toContain('The value of item 17 is 289.');
    expect(text.slice(citations[0]?.start, citations[0]?.end)).toBe(citations[0]?.text);
  });

  it('replaces a summary that the text does not support by key sentences', async () => {
    const id = await test.addText(workspaceId, longText('the manual', 40), 'Manual');
    test.model.reply = 'The manual was written in 1999 by Queen Victoria of Denmark.';
    await test.runSummaries();
    const nodes = await test.stores.summaries.list(id);
    expect(nodes.every(({ modelId, text }) => modelId === 'extractive' && !text.includes('Victoria'))).toBe(true);
  });

  it('continues a summary after a stop, without asking the model again for what it has', async () => {
    const id = await test.addText(workspaceId, longText('the manual', 40), 'Manual');
    let calls = 0;
    test.model.reply = async function* () {
      calls += 1;
      if (calls === 3) throw new Error('The model crashed.');
      yield 'Some general remarks about everything follow in this part.';
    };
    await test.runSummaries();
    const before = await test.stores.summaries.list(id);
    expect(before).toHaveLength(2);
    test.clock.advance(10 * 60_000);
    await test.runSummaries();
    const after = await test.stores.summaries.list(id);
    expect(after.slice(0, 2)).toEqual(before);
    expect(calls).toBe(after.length + 1);
  });

  it('makes no summaries if the workspace does not want them, or its model is remote', async () => {
    const off = await test.addWorkspace('off', { summaries: 'off' });
    const remote = await test.addWorkspace('remote', { model: 'remote:large' });
    for (const { id } of [off, remote]) await test.addText(id, longText('the manual', 40), 'Manual');
    await test.runSummaries();
    expect(test.model.calls).toHaveLength(0);
  });

  it('says of how much a list or a number was made', async () => {
    for (let i = 0; i < 23; i += 1) {
      await test.addText(
        workspaceId,
        `Invoice ${i}. The total is ${i} euros. ${'Terms of payment apply as usual. '.repeat(40)}`,
        `Invoice ${i}`,
      );
    }
    test.model.reply = 'The total of invoice 3 is 3 euros.';
    const { answer, context, prompt } = await answerTo('How many invoices are there?');
    expect(prompt).toContain('23 documents match');
    expect(context.documentsMatching).toBe(23);
    expect(answer).toMatch(/\(From \d+ passages? in \d+ of 23 documents\.\)$/);
  });
});

describe('pinned documents', () => {
  it('are read with every question', async () => {
    const id = await test.addText(workspaceId, 'House style: answer in one sentence and name the year.', 'Style');
    await test.addText(workspaceId, CONTRACT, 'Service contract');
    await updateDocument(test.core, test.admin, { documentId: id, pinned: true });
    const { prompt, citations } = await answerTo('What is the monthly fee?');
    expect(prompt).toContain('House style');
    expect(prompt).toContain('900 euros');
    expect(citations.every(({ n }) => n > 0)).toBe(true);
    await updateDocument(test.core, test.admin, { documentId: id, pinned: false });
    expect((await answerTo('What is the monthly fee?')).prompt.split('House style').length).toBeLessThanOrEqual(2);
  });
});

describe('documents by date and name', () => {
  beforeEach(async () => {
    for (const [name, date, from] of [
      ['Mail 1', '2024-03-02', 'Anna Berg'],
      ['Mail 2', '2024-03-20', 'Tom Hill'],
      ['Mail 3', '2024-05-01', 'Anna Berg'],
    ] as const) {
      const id = await test.addText(workspaceId, `${name}: the delivery of part ${name.slice(-1)} is late.`, name);
      await updateDocument(test.core, test.admin, { documentId: id, metadata: { date, from } });
    }
  });

  it.each([
    ['Summarize the mails from Anna in March', ['1']],
    ['Summarize the newest mail', ['3']],
    ['Fasse die älteste Mail zusammen', ['1']],
    ['Summarize the mails from 2024-03', ['1', '2']],
  ])('%s', async (question, parts) => {
    const { prompt } = await answerTo(question);
    const read = ['1', '2', '3'].filter((part) => prompt.includes(`delivery of part ${part}`));
    expect(read).toEqual(parts);
  });
});
