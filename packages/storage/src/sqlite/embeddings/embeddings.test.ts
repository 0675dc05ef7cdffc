import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT, MODEL, TestDatabase, textDocument, workspace } from '../testing/test-database.ts';

const NEXT = { modelId: 'next-embedder', dimension: 4 };
const VECTOR = { hash: new Uint8Array(16), vector: new Float32Array([1, 0, 0, 0]) };

let database: TestDatabase;
beforeEach(async () => {
  database = new TestDatabase();
  await database.stores.workspaces.create(workspace('ws_a'), null);
  await database.stores.documents.add([textDocument('ws_a', 'doc_1', 'heron')], AT);
  await database.ingest('heron', 3);
});
afterEach(() => database.close());

async function claimReembed() {
  const job = (await database.stores.ingest.claim(10, AT)).find(({ kind }) => kind === 'reembed');
  if (job?.kind !== 'reembed') throw new Error('no job');
  return job;
}

/** Embeds all chunks except the last `spared`. */
async function embed(job: Awaited<ReturnType<typeof claimReembed>>, dimension: number, spared = 0): Promise<void> {
  const { embeddings } = database.stores;
  const passages = await embeddings.passagesAfter('ws_a', 0, 100);
  const keys = passages.map(({ key }) => key).slice(0, passages.length - spared);
  const vectors = keys.map((key) => ({ key, ...VECTOR }));
  await embeddings.appendVectors(job, dimension, vectors, keys.at(-1) ?? 0);
}

it('changes the embedder once every chunk has a new vector', async () => {
  const { embeddings } = database.stores;
  expect(await embeddings.queueReembed('ws_a', MODEL.modelId, AT)).toBe(false);
  expect(await embeddings.queueReembed('ws_a', NEXT.modelId, AT)).toBe(true);
  const job = await claimReembed();
  await embed(job, NEXT.dimension, 1);
  expect(await embeddings.finish(job, AT)).toBe(false);
  expect(await embeddings.state('ws_a')).toMatchObject({ active: MODEL, chunks: 3, next: { done: 2 } });
  await embed(job, NEXT.dimension);
  expect(await embeddings.finish(job, AT)).toBe(true);
  expect(await embeddings.active('ws_a')).toBe(NEXT.modelId);
  expect(await database.vector(NEXT.modelId)).toHaveLength(3);
});

it('does not finish a change early after vectors of a previous change were purged', async () => {
  const { embeddings } = database.stores;
  await embeddings.queueReembed('ws_a', NEXT.modelId, AT);
  const first = await claimReembed();
  await embed(first, NEXT.dimension);
  await embeddings.finish(first, AT);
  await database.purge();
  await embeddings.queueReembed('ws_a', MODEL.modelId, AT);
  const second = await claimReembed();
  await embed(second, MODEL.dimension, 1);
  expect(await embeddings.finish(second, AT)).toBe(false);
  expect(await embeddings.active('ws_a')).toBe(NEXT.modelId);
});
