import type { Workspace } from '@lorebox/contract/workspace';
import { ParseFailure } from '@lorebox/ports/parser';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelJob } from '../jobs/cancel-job.ts';
import { getJob } from '../jobs/get-job.ts';
import { listJobs } from '../jobs/list-jobs.ts';
import { cancelDocument } from './cancel-document.ts';
import { deleteDocument } from './delete-document.ts';
import { deleteDocuments } from './delete-documents.ts';
import { getDocument } from './get-document.ts';
import { importTexts } from './import-texts.ts';
import { listDocuments } from './list-documents.ts';
import { retryDocument } from './retry-document.ts';
import { updateDocument } from './update-document.ts';
import { uploadDocuments } from './upload-documents.ts';
import { watchDocuments } from './watch-documents.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

async function queueText(text = 'A text.'): Promise<string> {
  const { documents } = await importTexts(test.core, test.admin, { workspace: workspace.id, items: [{ text }] });
  return documents[0]?.id ?? '';
}

async function failDocument(): Promise<string> {
  test.parser.failure = new ParseFailure('damaged', 'The file is damaged.');
  const files = [{ staged: await test.stageFile('a.txt', 'A file.') }];
  const { documents } = await uploadDocuments(test.core, test.admin, { workspace: workspace.id, files });
  await test.runIngest();
  test.parser.failure = null;
  return documents[0]?.id ?? '';
}

describe('deleteDocuments', () => {
  it('hides the documents immediately, stops their ingest and records the deletion', async () => {
    const ids = [await queueText('One.'), await queueText('Two.')];
    const input = { workspace: 'demo', documentIds: [...ids, 'doc_unknown'] };
    expect(await deleteDocuments(test.core, test.admin, input)).toEqual({ deleted: 2 });
    expect(await listDocuments(test.core, test.admin, { workspace: 'demo', limit: 10 })).toMatchObject({ items: [] });
    expect(test.ingestSignals.aborted).toEqual(input.documentIds);
    expect(await test.lastAudit()).toMatchObject({
      action: 'documents.deleted',
      workspaceId: workspace.id,
      details: { documents: 3, ids: input.documentIds.join(' ') },
    });
  });

  it('reports NOT_FOUND if none of the documents is in the workspace', async () => {
    const other = await test.addWorkspace('other');
    const id = await test.addText(other.id, 'Elsewhere.');
    const deletion = deleteDocuments(test.core, test.admin, { workspace: 'demo', documentIds: [id] });
    await expect(deletion).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('requires the role of an editor', async () => {
    const id = await queueText();
    const viewer = await test.addMember(workspace.id, 'viewer');
    const deletion = deleteDocuments(test.core, viewer, { workspace: 'demo', documentIds: [id] });
    await expect(deletion).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('deletes a document once when two callers delete it at the same time', async () => {
    const input = { workspace: 'demo', documentIds: [await queueText()] };
    const outcomes = await Promise.allSettled([
      deleteDocuments(test.core, test.admin, input),
      deleteDocuments(test.core, test.admin, input),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('deleteDocument', () => {
  it('deletes one document, and requires the role of an editor', async () => {
    const id = await queueText();
    const viewer = await test.addMember(workspace.id, 'viewer');
    await expect(deleteDocument(test.core, viewer, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await deleteDocument(test.core, test.admin, id);
    await expect(deleteDocument(test.core, test.admin, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await test.lastAudit()).toMatchObject({ action: 'documents.deleted', target: `document:${id}` });
  });
});

describe('updateDocument', () => {
  it('changes title and metadata, and nothing else', async () => {
    const documentId = await test.addText(workspace.id, 'A text.', 'a');
    await updateDocument(test.core, test.admin, { documentId, metadata: { year: 2026 } });
    const updated = await updateDocument(test.core, test.admin, { documentId, title: 'New\u0000 title' });
    expect(updated).toMatchObject({ title: 'New title', metadata: { year: 2026 }, externalId: 'a', status: 'ready' });
  });

  it('requires documents:write and the role of an editor', async () => {
    const documentId = await test.addText(workspace.id, 'A text.');
    const viewer = await test.addMember(workspace.id, 'viewer');
    const stranger = await test.addUser('stranger');
    const change = { documentId, title: 'x' };
    await expect(updateDocument(test.core, viewer, change)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateDocument(test.core, stranger, change)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('retryDocument', () => {
  it('queues a failed document again', async () => {
    const id = await failDocument();
    expect(await getDocument(test.core, test.admin, id)).toMatchObject({
      status: 'failed',
      reason: 'damaged',
      message: 'The file is damaged.',
    });
    expect(await retryDocument(test.core, test.admin, id)).toMatchObject({ status: 'processing' });
    await test.runIngest();
    expect(await getDocument(test.core, test.admin, id)).toMatchObject({ status: 'ready' });
  });

  it('rejects a document that has not failed, and callers without the right', async () => {
    const id = await test.addText(workspace.id, 'Fine.');
    await expect(retryDocument(test.core, test.admin, id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const viewer = await test.addMember(workspace.id, 'viewer');
    await expect(retryDocument(test.core, viewer, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await test.addUser('stranger');
    await expect(retryDocument(test.core, stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('cancelDocument', () => {
  it('fails a document that is being processed, with the reason', async () => {
    const id = await queueText();
    expect(await cancelDocument(test.core, test.admin, id)).toMatchObject({ status: 'failed', reason: 'cancelled' });
    expect(test.ingestSignals.aborted).toEqual([id]);
    await expect(cancelDocument(test.core, test.admin, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('requires documents:write and the role of an editor', async () => {
    const id = await queueText();
    const key = test.keyActor(['documents:read']);
    await expect(cancelDocument(test.core, key, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const viewer = await test.addMember(workspace.id, 'viewer');
    await expect(cancelDocument(test.core, viewer, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('jobs', () => {
  it('are listed and cancelled with their document', async () => {
    const documentId = await queueText();
    const { items } = await listJobs(test.core, test.admin, { workspace: 'demo', limit: 10 });
    expect(items).toMatchObject([{ kind: 'ingest', documentId, state: 'queued' }]);
    const jobId = items[0]?.id ?? '';
    expect(await getJob(test.core, test.admin, jobId)).toMatchObject({ id: jobId });
    expect(await cancelJob(test.core, test.admin, jobId)).toMatchObject({ id: jobId });
    expect(await getDocument(test.core, test.admin, documentId)).toMatchObject({ reason: 'cancelled' });
    await expect(getJob(test.core, test.admin, jobId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a deletion cannot be cancelled', async () => {
    const id = await test.addText(workspace.id, 'A text.');
    await deleteDocuments(test.core, test.admin, { workspace: 'demo', documentIds: [id] });
    const { items } = await listJobs(test.core, test.admin, { limit: 10 });
    const cancellation = cancelJob(test.core, test.admin, items[0]?.id ?? '');
    await expect(cancellation).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('are visible to members of their workspace, who have to name it', async () => {
    await queueText();
    const { items } = await listJobs(test.core, test.admin, { limit: 10 });
    const jobId = items[0]?.id ?? '';
    const viewer = await test.addMember(workspace.id, 'viewer');
    const stranger = await test.addUser('stranger');
    expect(await getJob(test.core, viewer, jobId)).toMatchObject({ id: jobId });
    await expect(getJob(test.core, stranger, jobId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(listJobs(test.core, viewer, { limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(cancelJob(test.core, viewer, jobId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const key = test.keyActor(['chat']);
    await expect(listJobs(test.core, key, { limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('watchDocuments', () => {
  it('replays the events after an id, then yields new ones until the caller leaves', async () => {
    const first = await queueText('One.');
    await test.runIngest();
    const second = await queueText('Two.');
    const stream = watchDocuments(test.core, test.admin, { workspace: 'demo', lastEventId: '0' });
    const event = (await stream.next()).value;
    expect(event).toMatchObject({ documentId: first, status: 'ready' });
    await stream.return(undefined);
    const resumed = watchDocuments(test.core, test.admin, { workspace: 'demo', lastEventId: String(event?.id) });
    expect((await resumed.next()).value).toMatchObject({ documentId: second, status: 'processing' });
    await resumed.return(undefined);
    const controller = new AbortController();
    const live = watchDocuments(test.core, test.admin, { workspace: 'demo' }, controller.signal);
    const next = live.next();
    await expect.poll(() => test.clock.isAwaited, { interval: 1 }).toBe(true);
    const newId = await queueText('Another text.');
    expect((await next).value).toMatchObject({ documentId: newId });
    controller.abort();
    for await (const event of live) expect(event.documentId).toBe(newId);
  });

  it('ends with NOT_FOUND when the caller is removed from the workspace', async () => {
    const viewer = await test.addMember(workspace.id, 'viewer');
    const next = watchDocuments(test.core, viewer, { workspace: 'demo' }).next();
    next.catch(() => {});
    await test.stores.workspaces.removeMember(workspace.id, viewer.userId);
    await expect.poll(() => test.clock.isAwaited, { interval: 1 }).toBe(true);
    test.clock.advance(2000);
    await expect(next).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
