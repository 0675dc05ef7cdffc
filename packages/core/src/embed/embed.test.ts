import type { Widget } from '@lorebox/contract/widget';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { listThreads } from '../threads/list-threads.ts';
import { updateThread } from '../threads/update-thread.ts';
import { createWidget } from '../widgets/create-widget.ts';
import { updateWidget } from '../widgets/update-widget.ts';
import { askEmbedded } from './ask-embedded.ts';
import { checkEmbed } from './check-embed.ts';
import { rateEmbedded } from './rate-embedded.ts';
import { getHistory, leaveLead, resolveVisitor, startSession, type Visitor } from './session.ts';
import { watchEmbedded } from './watch-embedded.ts';

const ORIGIN = 'https://example.com';
const FROM = { address: '10.0.0.1', requestId: 'r' };
let test: TestCore;
let workspace: Workspace;
let widget: Widget;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  widget = await createWidget(test.core, test.admin, { workspace: workspace.id, name: 'W', allowedOrigins: [ORIGIN] });
  await test.addText(workspace.id, 'The lighthouse is forty metres high.', 'Lights');
  test.model.reply = 'It is forty metres high [1].';
});
afterEach(() => test.close());

async function visit(): Promise<Visitor> {
  const { secret } = await startSession(test.core, widget, ORIGIN, {});
  return resolveVisitor(test.core, widget, secret, FROM);
}

async function eventsOf(visitor: Visitor, answerId: string, lastEventId?: string) {
  const events = [];
  for await (const event of watchEmbedded(test.core, visitor, { answerId, lastEventId })) events.push(event);
  return events;
}

async function change(settings: Partial<Widget>) {
  widget = await updateWidget(test.core, test.admin, { widgetId: widget.id, ...settings });
}

it('answers with citations, without ids of documents and names of models', async () => {
  const visitor = await visit();
  const { answerId } = await askEmbedded(test.core, visitor, { question: 'How high is the lighthouse?' });
  const events = await eventsOf(visitor, answerId);
  expect(events.at(0)?.event).toMatchObject({ type: 'start', answerId });
  const end = events.at(-1)?.event;
  expect(end).toMatchObject({ type: 'end', text: 'It is forty metres high [1].' });
  const text = JSON.stringify(events);
  expect(text).toContain('Lights');
  expect(text).not.toContain('doc_');
  expect(text).not.toContain('documentId');
  expect(text).not.toContain('model');
  const half = await eventsOf(visitor, answerId, String(events[0]?.seq));
  expect(half).toEqual(events.slice(1));
  const { messages } = await getHistory(test.core, visitor);
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(JSON.stringify(messages)).not.toContain('doc_');
});

it('keeps the conversation between the visitor and the owners of the widget', async () => {
  const visitor = await visit();
  const other = await visit();
  const { answerId } = await askEmbedded(test.core, visitor, { question: 'How high?' });
  await eventsOf(visitor, answerId);
  await expect(eventsOf(other, answerId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { messages } = await getHistory(test.core, visitor);
  const messageId = messages[1]?.id ?? '';
  await expect(rateEmbedded(test.core, other, { messageId, feedback: 'up' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await rateEmbedded(test.core, visitor, { messageId, feedback: 'down', reason: 'Wrong' });
  expect((await getHistory(test.core, visitor)).messages[1]).toMatchObject({ feedback: 'down' });
  expect((await getHistory(test.core, other)).messages).toEqual([]);
  const { items } = await listThreads(test.core, test.admin, {
    workspace: 'demo',
    archived: false,
    shared: false,
    limit: 10,
  });
  expect(items).toEqual([]);
});

it('shows visitors nothing that users share with the workspace', async () => {
  const { threadId, answerId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'Secret?' });
  await updateThread(test.core, test.admin, { threadId, visibility: 'workspace' });
  await expect(eventsOf(await visit(), answerId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('knows a session only by its secret and only for its widget', async () => {
  const { secret } = await startSession(test.core, widget, ORIGIN, {});
  const other = await createWidget(test.core, test.admin, { workspace: workspace.id, name: 'Other' });
  for (const [of, given] of [
    [widget, 'guess'],
    [widget, undefined],
    [other, secret],
  ] as const)
    await expect(resolveVisitor(test.core, of, given, FROM)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('ends at the quota of the session and of the day, and counts only what was asked', async () => {
  await change({ messagesPerSession: 1, messagesPerDay: 2 });
  const first = await visit();
  await askEmbedded(test.core, first, { question: 'One?' });
  await expect(askEmbedded(test.core, first, { question: 'Two?' })).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    fields: [{ path: 'messagesPerSession' }],
  });
  const second = await visit();
  await expect(
    askEmbedded(test.core, { ...second, widget: { ...widget, workspaceId: 'ws_gone' } }, { question: 'x' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await askEmbedded(test.core, second, { question: 'Two?' });
  await expect(askEmbedded(test.core, await visit(), { question: 'Three?' })).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    retryAfter: 86_400,
    fields: [{ path: 'messagesPerDay' }],
  });
  expect(await checkEmbed(test.core, widget, ORIGIN)).toMatchObject([
    { id: 'enabled', isOk: true },
    { id: 'day-quota', isOk: false },
    { id: 'origin', isOk: true },
  ]);
  test.clock.advance(86_400_000);
  await askEmbedded(test.core, await visit(), { question: 'Three?' });
});

it('asks for the address first if the widget requires it', async () => {
  await change({ leadForm: 'required' });
  const { secret } = await startSession(test.core, widget, ORIGIN, {});
  const before = await resolveVisitor(test.core, widget, secret, FROM);
  await expect(askEmbedded(test.core, before, { question: 'x' })).rejects.toMatchObject({ fields: [{ path: 'lead' }] });
  await leaveLead(test.core, before, { name: 'Ada', email: 'ada@example.com' });
  const after = await resolveVisitor(test.core, widget, secret, FROM);
  await askEmbedded(test.core, after, { question: 'x' });
  expect(await getHistory(test.core, after)).toMatchObject({ hasLead: true });
});

it('lets the page override only what the widget allows', async () => {
  const question = 'How high is the lighthouse?';
  const overrides = { question, prompt: 'Answer like a pirate.', temperature: 1.5 };
  const visitor = await visit();
  await eventsOf(visitor, (await askEmbedded(test.core, visitor, overrides)).answerId);
  expect(JSON.stringify(test.model.calls.at(-1))).not.toContain('pirate');
  await change({ allowPromptOverride: true, allowTemperatureOverride: true });
  const allowed = await visit();
  await eventsOf(allowed, (await askEmbedded(test.core, allowed, overrides)).answerId);
  expect(JSON.stringify(test.model.calls.at(-1))).toContain('pirate');
});

it('removes sessions in which nothing was asked', async () => {
  const used = await visit();
  await askEmbedded(test.core, used, { question: 'x' });
  const unused = await visit();
  await test.core.stores.widgets.pruneSessions(new Date(test.clock.now() + 1));
  expect(await test.core.stores.widgets.getSession(unused.session.id)).toBeNull();
  expect(await test.core.stores.widgets.getSession(used.session.id)).not.toBeNull();
});
