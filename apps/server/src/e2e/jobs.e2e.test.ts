import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;

// The embedder never responds, so jobs stay in the queue.
beforeAll(async () => {
  ollama = await startFakeOllama();
  ollama.faults = 'stall';
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_EMBEDDER: 'ollama:nomic-embed-text' } });
  lorebox = connect(server.apiKey);
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

const connect = (apiKey: string) => new Lorebox({ baseUrl: server.url, apiKey });

describe('jobs', () => {
  it('are listed per workspace while queued or running, and can be cancelled', async () => {
    const [mine, other] = [
      await lorebox.workspaces.create({ name: 'mine' }),
      await lorebox.workspaces.create({ name: 'other' }),
    ];
    for (const workspace of ['mine', 'mine', 'other']) {
      await lorebox.documents.importTexts(workspace, [{ text: `A text of ${workspace}, ${Math.random()}.` }]);
    }
    const jobs = await lorebox.jobs.list({ limit: 2 }).toArray(10);
    expect(jobs).toHaveLength(3);
    expect(jobs.map(({ kind }) => kind)).toEqual(['ingest', 'ingest', 'ingest']);
    expect(jobs[0]?.createdAt).toBeInstanceOf(Date);
    expect(await lorebox.jobs.list({ workspace: 'other' }).toArray(10)).toHaveLength(1);
    expect(await lorebox.jobs.list({ kind: 'purge-document' }).toArray(10)).toEqual([]);

    const { key } = await lorebox.apiKeys.create({ name: 'bound', scopes: ['*'], workspaceId: mine.id });
    const bound = connect(key);
    expect((await bound.jobs.list().toArray(10)).map(({ workspaceId }) => workspaceId)).toEqual([mine.id, mine.id]);
    const foreign = jobs.find(({ workspaceId }) => workspaceId === other.id);
    await expect(bound.jobs.get(foreign?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bound.jobs.cancel(foreign?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const { id, documentId } = await lorebox.jobs.cancel(foreign?.id ?? '');
    await expect(lorebox.jobs.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await lorebox.documents.get(documentId ?? '')).toMatchObject({ status: 'failed', reason: 'cancelled' });
    const [event] = await lorebox.events.list({ type: 'document.failed' }).toArray(1);
    expect(event?.data).toMatchObject({ documentId, reason: 'cancelled' });
  });
});
