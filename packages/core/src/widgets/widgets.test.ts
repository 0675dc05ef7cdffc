import { CreateWidgetInput } from '@lorebox/contract/widget';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askEmbedded } from '../embed/ask-embedded.ts';
import { resolveVisitor, startSession } from '../embed/session.ts';
import { exportConversations, getConversation, listConversations } from './conversations.ts';
import { createWidget } from './create-widget.ts';
import { deleteWidget } from './delete-widget.ts';
import { getWidget } from './get-widget.ts';
import { listWidgets } from './list-widgets.ts';
import { updateWidget } from './update-widget.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

const create = (input: Partial<CreateWidgetInput> = {}) =>
  createWidget(test.core, test.admin, { workspace: workspace.id, name: 'Website', ...input });

it('is managed by the owners of its workspace, and recorded', async () => {
  const owner = await test.addMember(workspace.id, 'owner', 'olga');
  const viewer = await test.addMember(workspace.id, 'viewer', 'vera');
  const widget = await createWidget(test.core, owner, {
    workspace: workspace.id,
    name: 'Website',
    allowedOrigins: ['https://example.com'],
  });
  expect(widget).toMatchObject({ enabled: true, mode: 'query', allowedOrigins: ['https://example.com'] });
  expect(await test.lastAudit()).toMatchObject({
    action: 'widget.created',
    target: `widget:${widget.id}`,
    details: { name: 'Website', enabled: true, origins: 'https://example.com' },
  });
  const changed = await updateWidget(test.core, owner, { widgetId: widget.id, enabled: false });
  expect(changed.enabled).toBe(false);
  expect(await getWidget(test.core, owner, widget.id)).toEqual(changed);
  expect((await listWidgets(test.core, owner, { workspace: workspace.id, limit: 10 })).items).toEqual([changed]);
  await expect(getWidget(test.core, viewer, widget.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await deleteWidget(test.core, owner, widget.id);
  expect(await test.lastAudit()).toMatchObject({ action: 'widget.deleted' });
  await expect(getWidget(test.core, owner, widget.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('looks unknown to those who do not see its workspace', async () => {
  const widget = await create();
  const other = await test.addWorkspace('Other');
  const stranger = await test.addMember(other.id, 'owner', 'sam');
  await expect(getWidget(test.core, stranger, widget.id)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: "Not found, or you don't have access to it.",
  });
});

it('may only use models that its workspace may use', async () => {
  await test.core.stores.workspaces.update(workspace.id, { lockModel: true, model: 'test:a', updatedAt: new Date() });
  await expect(create({ model: 'test:b' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it.each([
  ['https://Example.com/', 'https://example.com'],
  ['https://*.example.com', 'https://*.example.com'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['https://example.com:443', 'https://example.com'],
  ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ['*', null],
  ['https://*', null],
  ['example.com', null],
  ['https://example.com/shop', null],
  ['https://a.*.com', null],
])('accepts the origin %s as %s', (given, stored) => {
  const result = CreateWidgetInput.safeParse({ workspace: 'demo', name: 'x', allowedOrigins: [given] });
  expect(result.success ? result.data.allowedOrigins?.[0] : null).toBe(stored);
});

it.each([
  ['javascript:alert(1)', false],
  ['https://example.com/contact', true],
  ['mailto:help@example.com', true],
])('checks the hand-over link %s', (handoverUrl, isValid) => {
  expect(CreateWidgetInput.safeParse({ workspace: 'demo', name: 'x', handoverUrl }).success).toBe(isValid);
});

it('lists and exports conversations, and deletes them with the widget', async () => {
  const widget = await create({ allowedOrigins: ['https://example.com'] });
  const { secret } = await startSession(test.core, widget, 'https://example.com', { visitor: 'Ada' });
  await startSession(test.core, widget, 'https://example.com', {});
  const visitor = await resolveVisitor(test.core, widget, secret, { address: '10.0.0.1', requestId: 'r' });
  const { threadId } = await askEmbedded(test.core, visitor, { question: 'How high is it?' });
  await test.core.answerHub.drain(1000);
  const { items } = await listConversations(test.core, test.admin, { widgetId: widget.id, limit: 10 });
  expect(items).toMatchObject([
    { title: 'How high is it?', visitor: 'Ada', messages: 1, origin: 'https://example.com' },
  ]);
  const id = items[0]?.id ?? '';
  const conversation = await getConversation(test.core, test.admin, id);
  expect(conversation.transcript.map(({ role }) => role)).toEqual(['user', 'assistant']);
  const exported = await exportConversations(test.core, test.admin, { widgetId: widget.id });
  expect(exported).toMatchObject({ lastId: id, isComplete: true });
  expect(JSON.parse(exported.text)).toMatchObject({ id, visitor: 'Ada' });
  expect((await exportConversations(test.core, test.admin, { widgetId: widget.id, after: id })).text).toBe('');
  await deleteWidget(test.core, test.admin, widget.id);
  expect(await test.core.stores.threads.get(threadId)).toBeNull();
  await expect(getConversation(test.core, test.admin, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
