import type { AnswerEvent, AskInput } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createThread } from '../threads/create-thread.ts';
import { listMessages } from '../threads/list-messages.ts';
import { ask, type OwnConversation } from './ask.ts';
import { cancel } from './cancel.ts';
import { getAnswer } from './get-answer.ts';
import { recoverAnswers } from './recover-answers.ts';
import { requireAnswer } from './require-answer.ts';
import { watch } from './watch.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore({ limits: { answersPerCaller: 2 } });
  workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'The sky is blue. Grass is green.', 'nature');
});
afterEach(() => test.close());

async function collect(answerId: string, lastEventId?: string): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = [];
  for await (const event of watch(test.core, test.admin, { answerId, lastEventId })) events.push(event);
  return events;
}

async function askAndCollect(change: Partial<AskInput> = {}, own?: OwnConversation) {
  const input = { workspace: 'demo', question: 'What color is the sky?', ...change };
  const started = await ask(test.core, test.admin, input, own);
  const events = await collect(started.answerId);
  return { ...started, events, end: events.at(-1) };
}

const messagesOf = async (threadId: string) =>
  (await listMessages(test.core, test.admin, threadId, { limit: 10 })).items;

/** A reply that doesn't end until the returned function is called. */
function holdReply(words: string[] = ['The']): () => void {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  test.model.reply = async function* () {
    yield* words;
    await released;
  };
  return release;
}

describe('a turn', () => {
  it('retrieves, asks the model, cites, and stores question and answer', async () => {
    test.model.reply = 'The sky is blue [1].';
    const { answerId, threadId, questionId, events, end } = await askAndCollect();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'answer-start', threadId, questionId, model: 'test:default', mode: 'chat' },
      { type: 'sources-found', sources: [{ n: 1, externalId: 'nature', start: 0, end: 32 }], notices: [] },
    ]);
    expect(end).toMatchObject({
      type: 'answer-end',
      answer: 'The sky is blue [1].',
      citations: [{ n: 1, text: 'The sky is blue.', start: 0, end: 16 }],
      unsupported: [],
      finishReason: 'stop',
      context: { sourcesRetrieved: 1, sourcesUsed: 1, historyMessages: 0 },
    });
    expect(test.model.lastPrompt).toContain('Grass is green.');
    expect(await messagesOf(threadId)).toMatchObject([
      { id: questionId, role: 'user', text: 'What color is the sky?' },
      { role: 'assistant', answerId, text: 'The sky is blue [1].', status: 'complete', citations: [{ n: 1 }] },
    ]);
  });

  it('removes citations of passages that were not retrieved', async () => {
    test.model.reply = 'The sky is blue [1] [7].';
    const { end } = await askAndCollect();
    expect(end).toMatchObject({ answer: 'The sky is blue [1].' });
  });

  it('flags sentences that no passage supports', async () => {
    test.model.reply = 'The sky is blue [1]. Elephants play excellent chess every Tuesday.';
    const { end } = await askAndCollect();
    expect(end).toMatchObject({ unsupported: [{ start: 21 }] });
  });

  it('refuses in query mode if nothing was found, without asking the model', async () => {
    await test.addWorkspace('empty', { mode: 'query', refusalText: 'No idea.' });
    const { end } = await askAndCollect({ workspace: 'empty' });
    expect(end).toMatchObject({ answer: 'No idea.', finishReason: 'refused', citations: [] });
    expect(test.model.calls).toEqual([]);
  });

  it('cites the passage of a sentence that the model left without a marker', async () => {
    test.model.reply = 'The sky is blue. Elephants play excellent chess every Tuesday.';
    const { end } = await askAndCollect();
    expect(end).toMatchObject({
      answer: 'The sky is blue. [1] Elephants play excellent chess every Tuesday.',
      citations: [{ n: 1, origin: 'matched', sentences: [{ start: 0, end: 16, origin: 'matched' }] }],
      unsupported: [{ start: 21 }],
    });
  });

  it.each([['I am sorry. I do not know.'], ['The documents do not contain that.']])(
    'is a refusal if the model says so in its own words: %s',
    async (reply) => {
      test.model.reply = reply;
      const { end } = await askAndCollect({ mode: 'query' });
      expect(end).toMatchObject({ finishReason: 'refused', citations: [] });
      expect((await askAndCollect({ mode: 'chat' })).end).toMatchObject({ finishReason: 'stop', citations: [] });
    },
  );

  it('is no refusal if a passage supports the rest of the answer', async () => {
    test.model.reply = "I don't know everything. The sky is blue.";
    const { end } = await askAndCollect({ mode: 'query' });
    expect(end).toMatchObject({ finishReason: 'stop', citations: [{ n: 1 }] });
  });

  it('is a refusal if the model writes the refusal text', async () => {
    test.model.reply = workspace.refusalText;
    const { end } = await askAndCollect({ mode: 'query' });
    expect(end).toMatchObject({ finishReason: 'refused', citations: [] });
  });

  it('quotes passages if no model is configured', async () => {
    test.model.isConfigured = false;
    const { end } = await askAndCollect();
    expect(end).toMatchObject({ finishReason: 'stop', citations: [{ n: 1 }], usage: { inputTokens: 0 } });
    expect(end).toHaveProperty('answer', expect.stringContaining('> The sky is blue. [1]'));
  });

  it('continues a thread with its history', async () => {
    const { threadId } = await askAndCollect();
    const { end } = await askAndCollect({ threadId, question: 'And the grass?' });
    expect(end).toMatchObject({ context: { historyMessages: 2, historyUsed: 2 } });
    expect(test.model.lastPrompt).toContain('What color is the sky?');
    expect(await messagesOf(threadId)).toHaveLength(4);
  });

  it('takes the history and instructions of a client that keeps the conversation itself', async () => {
    const history = [{ role: 'user' as const, text: 'Earlier question' }];
    await askAndCollect({}, { history, instructions: 'Answer in rhymes.' });
    expect(test.model.lastPrompt).toContain('Earlier question');
    expect(test.model.lastPrompt).toContain('Answer in rhymes.');
  });

  it('answers in JSON if the client requires it, and reads citations only from its strings', async () => {
    test.model.reply = '{"answer": "The sky is blue [1].", "list": [1]}';
    const own = { history: [], instructions: '', responseFormat: { type: 'json' as const } };
    expect((await askAndCollect({}, own)).end).toMatchObject({ answer: test.model.reply, citations: [{ n: 1 }] });
    test.model.reply = '{"list": [1]}';
    expect((await askAndCollect({}, own)).end).toMatchObject({ answer: test.model.reply, citations: [] });
    test.model.isConfigured = false;
    expect((await askAndCollect({}, own)).end).toMatchObject({ type: 'answer-error', code: 'BAD_REQUEST' });
  });

  it('searches for a rewritten follow-up too, if the workspace is configured so', async () => {
    await test.stores.workspaces.update(workspace.id, { rewriteFollowUps: true, updatedAt: test.clock.date });
    const { threadId } = await askAndCollect();
    test.model.reply = 'What color is the grass?';
    const calls = test.model.calls.length;
    const { events } = await askAndCollect({ threadId, question: 'And the grass?' });
    expect(test.model.calls).toHaveLength(calls + 2);
    expect(test.embedders.embedded).toContain('What color is the grass?');
    expect(events[1]).toMatchObject({ type: 'sources-found', notices: [] });
  });

  it('answers only from the given documents', async () => {
    const id = await test.addText(workspace.id, 'The sky over Mars is red.', 'mars');
    const { events } = await askAndCollect({ documentIds: [id] });
    expect(events[1]).toMatchObject({ sources: [{ externalId: 'mars' }] });
    const unknown = askAndCollect({ documentIds: ['doc_unknown'] });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('converts remote content to text unless the question allows it', async () => {
    test.model.reply = 'See ![x](https://evil.example/x.png) now.';
    expect((await askAndCollect()).end).toHaveProperty('answer', expect.not.stringContaining(']('));
    const allowed = await askAndCollect({ allowRemoteContent: true });
    expect(allowed.end).toHaveProperty('answer', expect.stringContaining('![x](https://evil.example/x.png)'));
  });

  it('continues with keyword search, and reports it, if the embedder fails', async () => {
    test.embedders.failure = new AppError('EMBEDDER_FAILED', 'The embedder is down.');
    const { events } = await askAndCollect({ question: 'sky' });
    expect(events[1]).toMatchObject({ sources: [{ n: 1 }], notices: [{ code: 'vector-search-failed' }] });
  });
});

describe('a turn that fails', () => {
  it('ends with the error of the model, and keeps the partial text', async () => {
    test.model.reply = async function* () {
      yield 'The sky';
      throw new Error('out of memory');
    };
    const { threadId, end } = await askAndCollect();
    expect(end).toMatchObject({ type: 'answer-error', code: 'MODEL_FAILED', retryable: true });
    expect((await messagesOf(threadId))[1]).toMatchObject({ status: 'failed', error: { code: 'MODEL_FAILED' } });
  });

  it('reports a model that does not exist as not retryable', async () => {
    const { end } = await askAndCollect({ model: 'missing' });
    expect(end).toMatchObject({ type: 'answer-error', code: 'MODEL_NOT_FOUND', retryable: false });
  });

  it('reports a context window that is too small', async () => {
    test.model.contextWindow = 64;
    expect((await askAndCollect()).end).toMatchObject({ type: 'answer-error', code: 'CONTEXT_TOO_SMALL' });
  });
});

describe('ask', () => {
  it('requires chat, and a workspace and thread that the caller can see', async () => {
    const input = { workspace: 'demo', question: 'Why?' };
    const key = test.keyActor(['documents:read']);
    await expect(ask(test.core, key, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await test.addUser('stranger');
    await expect(ask(test.core, stranger, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const viewer = await test.addMember(workspace.id, 'viewer');
    const thread = await createThread(test.core, test.admin, 'demo', 'private');
    const inThread = ask(test.core, viewer, { ...input, threadId: thread.id });
    await expect(inThread).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await test.addWorkspace('other');
    const elsewhere = ask(test.core, test.admin, { workspace: 'other', question: 'Why?', threadId: thread.id });
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('rejects images that the model cannot read, and stores nothing', async () => {
    const images = [{ mediaType: 'image/png' as const, data: 'aaaa' }];
    const error = (message: RegExp) => ({ code: 'UNPROCESSABLE', message: expect.stringMatching(message) });
    test.model.accepts = { images: false, tools: null, thinking: null };
    await expect(askAndCollect({ images })).rejects.toMatchObject(error(/can't read images/));
    test.model.isConfigured = false;
    test.model.reason = 'Ollama is not running.';
    await expect(askAndCollect({ images })).rejects.toMatchObject(error(/^Ollama is not running\. Images require one/));
    expect(test.connection.raw.prepare('select count(*) count from messages').get()).toEqual({ count: 0 });
    Object.assign(test.model, { isConfigured: true, accepts: { images: null, tools: null, thinking: null } });
    expect((await askAndCollect({ images })).end).toMatchObject({ type: 'answer-end' });
  });

  it('rejects another model if the workspace locks its own', async () => {
    await test.addWorkspace('locked', { lockModel: true, model: 'test:small' });
    const question = { workspace: 'locked', question: 'Why?', model: 'test:large' };
    await expect(ask(test.core, test.admin, question)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('limits the concurrent answers of a caller', async () => {
    const release = holdReply();
    const input = { workspace: 'demo', question: 'Why?' };
    const started = await Promise.all([ask(test.core, test.admin, input), ask(test.core, test.admin, input)]);
    await expect(ask(test.core, test.admin, input)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    release();
    await Promise.all(started.map(({ answerId }) => collect(answerId)));
    await askAndCollect();
  });
});

describe('watch', () => {
  it('replays a stored answer after any event', async () => {
    const { answerId, events } = await askAndCollect();
    expect(await collect(answerId)).toEqual(events);
    expect(await collect(answerId, '2')).toEqual(events.slice(2));
  });

  it('streams an answer in progress to every watcher, and is not affected when one leaves', async () => {
    const release = holdReply(['The', ' sky']);
    const { answerId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'Why?' });
    const leaving = watch(test.core, test.admin, { answerId });
    expect((await leaving.next()).value).toMatchObject({ type: 'answer-start' });
    await leaving.return(undefined);
    const both = Promise.all([collect(answerId), collect(answerId)]);
    release();
    const [first, second] = await both;
    expect(second).toEqual(first);
    expect(first.at(-1)).toMatchObject({ type: 'answer-end', answer: 'The sky' });
  });

  it('hides answers in threads of others', async () => {
    const { answerId } = await askAndCollect();
    const other = await test.addUser('other', 'admin');
    await expect(watch(test.core, other, { answerId }).next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(requireAnswer(test.core, other, answerId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(cancel(test.core, other, answerId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const key = test.keyActor(['documents:read']);
    await expect(requireAnswer(test.core, key, answerId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

it('getAnswer reports the state of an answer', async () => {
  const { answerId, threadId } = await askAndCollect();
  expect(await getAnswer(test.core, test.admin, answerId)).toMatchObject({ answerId, threadId, state: 'done' });
  const other = await test.addUser('other', 'admin');
  await expect(getAnswer(test.core, other, answerId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('cancel', () => {
  it('aborts the model call, and stores the partial text', async () => {
    holdReply(['The', ' sky']);
    const { answerId, threadId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'Why?' });
    const stream = watch(test.core, test.admin, { answerId });
    let last: AnswerEvent | undefined;
    for await (const event of stream) {
      last = event;
      if (event.type === 'text-delta') await cancel(test.core, test.admin, answerId);
    }
    expect(last).toMatchObject({ type: 'answer-error', code: 'CANCELLED', retryable: true });
    expect(test.model.calls[0]?.abortSignal?.aborted).toBe(true);
    expect((await messagesOf(threadId))[1]).toMatchObject({ status: 'cancelled', text: expect.stringMatching(/^The/) });
  });

  it('does not change an answer that has ended', async () => {
    const { answerId, events } = await askAndCollect();
    await cancel(test.core, test.admin, answerId);
    expect(await collect(answerId)).toEqual(events);
  });
});

describe('a stop of the server', () => {
  it('ends answers in progress as interrupted', async () => {
    holdReply();
    const { answerId, threadId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'Why?' });
    const events = collect(answerId);
    await test.core.answerHub.stop('shutdown');
    expect((await events).at(-1)).toMatchObject({ type: 'answer-error', code: 'ANSWER_INTERRUPTED' });
    expect((await messagesOf(threadId))[1]).toMatchObject({ status: 'failed' });
  });

  it('waits for answers in progress, and rejects new ones meanwhile', async () => {
    const release = holdReply();
    const input = { workspace: 'demo', question: 'Why?' };
    const { answerId } = await ask(test.core, test.admin, input);
    const drained = test.core.answerHub.drain(60_000);
    await expect(ask(test.core, test.admin, input)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    release();
    await drained;
    expect((await collect(answerId)).at(-1)).toMatchObject({ type: 'answer-end' });
  });

  it('keeps the text and citations of an answer if the process is killed', async () => {
    holdReply();
    const { answerId, threadId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'Why?' });
    const before = await test.stores.answers.eventsAfter(answerId, 0);
    const seq = before.at(-1)?.seq ?? 0;
    const source = {
      n: 1,
      chunkId: 'c.0',
      documentId: 'doc',
      externalId: null,
      title: 'Rules',
      filename: 'rules.txt',
      page: 1,
      startTime: null,
      endTime: null,
      section: null,
      start: 0,
      end: 26,
      text: 'Dogs are allowed in trains.',
      score: 1,
      url: '/w/any/d/doc?start=0&end=26&page=1',
    };
    await test.stores.answers.appendEvents(answerId, [
      { type: 'sources-found', answerId, seq: seq + 1, sources: [source], tableQueries: [], notices: [] },
      { type: 'text-delta', answerId, seq: seq + 2, text: 'Dogs are allowed [1]. They' },
    ]);
    expect(await recoverAnswers(test.core)).toBe(1);
    expect(await recoverAnswers(test.core)).toBe(0);
    const stored = await test.stores.answers.eventsAfter(answerId, 0);
    expect(stored.at(-1)).toMatchObject({ type: 'answer-error', code: 'ANSWER_INTERRUPTED', retryable: true });
    expect((await messagesOf(threadId))[1]).toMatchObject({
      status: 'failed',
      text: 'Dogs are allowed [1]. They',
      citations: [{ n: 1, documentId: 'doc', url: `/w/${workspace.id}/d/doc?start=0&end=27&page=1` }],
    });
  });
});
