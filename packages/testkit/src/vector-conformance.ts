import type { VectorBackend, VectorCollection, VectorFilter, VectorPoint } from '@lorebox/ports/vector-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

export interface TestedVectorBackend {
  backend: VectorBackend;
  /** The same backend at an unreachable address. */
  down: VectorBackend;
  /** Stops what was started for the backends. The suite closes the backends themselves. */
  close(): Promise<void>;
}

const DIMENSION = 24;
const NEVER = new AbortController().signal;
const HOSTILE = `'"\\; drop table x; -- {"$ne":1} \u0000 %_*) || 1==1 \u202e 日本語 𝒳`;
/** Some backends show writes with a delay. */
const SOON_MS = 20_000;

/** Contract tests for vector backends. Call it in the test file of each provider. */
export function testVectorBackend(name: string, setUp: () => Promise<TestedVectorBackend>): void {
  describe(`${name} as a vector backend`, () => {
    let tested!: TestedVectorBackend;
    let made = 0;
    const collections: VectorCollection[] = [];
    const fresh = async (points: VectorPoint[] = []) => {
      made += 1;
      const collection = { name: `lorebox_${process.pid}_${Date.now().toString(36)}_${made}`, dimension: DIMENSION };
      collections.push(collection);
      await tested.backend.ensure(collection);
      await tested.backend.upsert(collection, points);
      for (const workspaceId of new Set(points.map((point) => point.workspaceId))) {
        const keys = new Set(points.filter((point) => point.workspaceId === workspaceId).map(({ key }) => key));
        await hasCount(collection, workspaceId, keys.size);
      }
      return collection;
    };
    const hasCount = (collection: VectorCollection, workspaceId: string, count: number) =>
      expect.poll(() => tested.backend.count(collection, workspaceId), { timeout: SOON_MS, interval: 100 }).toBe(count);
    const find = async (collection: VectorCollection, vector: Float32Array, filter: VectorFilter, limit = 10) =>
      (await tested.backend.search(collection, vector, filter, limit, NEVER)).map(({ key }) => key);

    beforeAll(async () => {
      tested = await setUp();
    });
    afterAll(async () => {
      if (!tested) return;
      for (const collection of collections) await tested.backend.drop(collection);
      await tested.backend.close();
      await tested.down.close();
      await tested.close();
    });

    it('finds the nearest of 500 in exact order with their cosines', async () => {
      const points = randomPoints(500, 1);
      const collection = await fresh(points);
      for (const seed of [1001, 1002, 1003]) {
        const question = unitVector(seed);
        const hits = await tested.backend.search(collection, question, { workspaceId: 'ws_a' }, 20, NEVER);
        const exact = points.map(({ key, vector }) => ({ key, score: dot(question, vector) }));
        exact.sort((a, b) => b.score - a.score);
        expect(hits.map(({ key }) => key)).toEqual(exact.slice(0, 20).map(({ key }) => key));
        hits.forEach((hit, i) => {
          expect(hit.score).toBeCloseTo(exact[i]?.score ?? 0, 3);
        });
      }
    });

    it('replaces all fields of a point that is sent again', async () => {
      const [first, second] = [point(7, { metadata: { kind: 'old' } }), point(8)];
      const collection = await fresh([first, second]);
      const vector = unitVector(555);
      await tested.backend.upsert(collection, [{ ...first, vector, documentId: 'doc_new', metadata: { kind: 'new' } }]);
      await expect
        .poll(() => find(collection, vector, { workspaceId: 'ws_a', metadata: { kind: 'new' } }), { timeout: SOON_MS })
        .toEqual([7]);
      expect(await find(collection, vector, { workspaceId: 'ws_a', metadata: { kind: 'old' } })).toEqual([]);
      expect(await find(collection, vector, { workspaceId: 'ws_a', documentIds: ['doc_new'] })).toEqual([7]);
      expect((await find(collection, vector, { workspaceId: 'ws_a' }))[0]).toBe(7);
      await hasCount(collection, 'ws_a', 2);
    });

    it('removes known and unknown keys, and then a whole workspace', async () => {
      const points = [
        ...randomPoints(30, 2),
        ...randomPoints(5, 3, 100).map((one) => ({ ...one, workspaceId: 'ws_b' })),
      ];
      const collection = await fresh(points);
      await tested.backend.remove(collection, 'ws_a', [1, 2, 3, 4711]);
      await hasCount(collection, 'ws_a', 27);
      expect(await find(collection, points[0]?.vector ?? unitVector(1), { workspaceId: 'ws_a' }, 50)).not.toContain(1);
      await tested.backend.removeWorkspace(collection, 'ws_a');
      await hasCount(collection, 'ws_a', 0);
      await hasCount(collection, 'ws_b', 5);
      await tested.backend.removeWorkspace(collection, 'ws_a');
      await tested.backend.remove(collection, 'ws_a', []);
    });

    it('isolates workspaces, even if another one has nearer points', async () => {
      const near = unitVector(42);
      const points = [point(1), point(2), point(3, { workspaceId: 'ws_b', vector: near })];
      const collection = await fresh(points);
      expect((await find(collection, near, { workspaceId: 'ws_a' })).sort()).toEqual([1, 2]);
      expect(await find(collection, near, { workspaceId: 'ws_b' })).toEqual([3]);
      expect(await find(collection, near, { workspaceId: 'ws_none' })).toEqual([]);
    });

    it('filters by document inside the query, so that the limit counts only matches', async () => {
      const points = randomPoints(200, 4).map((one) => ({ ...one, documentId: `doc_${one.key % 50}` }));
      const collection = await fresh(points);
      const question = unitVector(77);
      const documentIds = ['doc_7', 'doc_9'];
      const fitting = points.filter((one) => documentIds.includes(one.documentId));
      fitting.sort((a, b) => dot(question, b.vector) - dot(question, a.vector));
      const expected = fitting.map(({ key }) => key);
      expect(await find(collection, question, { workspaceId: 'ws_a', documentIds }, 8)).toEqual(expected);
      expect(await find(collection, question, { workspaceId: 'ws_a', documentIds }, 3)).toEqual(expected.slice(0, 3));
      expect(await find(collection, question, { workspaceId: 'ws_a', documentIds: [] })).toEqual([]);
      const many = Array.from({ length: 500 }, (_, i) => `doc_${i + 9}`);
      expect(await find(collection, question, { workspaceId: 'ws_a', documentIds: many }, 200)).toHaveLength(164);
    });

    it('filters by metadata: text, numbers, booleans and combinations', async () => {
      const collection = await fresh([
        point(1, { metadata: { team: 'red', year: 2024, draft: true } }),
        point(2, { metadata: { team: 'red', year: 2025, draft: false } }),
        point(3, { metadata: { team: 'blue', year: '2024', draft: true } }),
        point(4),
      ]);
      const by = async (metadata: VectorFilter['metadata']) =>
        (await find(collection, unitVector(5), { workspaceId: 'ws_a', metadata })).sort();
      expect(await by({ team: 'red' })).toEqual([1, 2]);
      expect(await by({ year: 2024 })).toEqual([1]);
      expect(await by({ year: '2024' })).toEqual([3]);
      expect(await by({ draft: true })).toEqual([1, 3]);
      expect(await by({ draft: false })).toEqual([2]);
      expect(await by({ team: 'red', draft: true, year: 2024 })).toEqual([1]);
      expect(await by({ team: 'red', year: '2024' })).toEqual([]);
      expect(await by({ nothing: 'here' })).toEqual([]);
      expect(await by({})).toEqual([1, 2, 3, 4]);
    });

    it('treats hostile names and values as plain data', async () => {
      const hostile = {
        workspaceId: `ws ${HOSTILE}`.replaceAll('\u0000', ''),
        documentId: `doc ${HOSTILE}`.replaceAll('\u0000', ''),
      };
      const metadata = { [HOSTILE]: HOSTILE, 'a.b': 1, $or: 'x', '': '', __proto__x: 'y' };
      const collection = await fresh([point(1, { ...hostile, metadata }), point(2)]);
      const { workspaceId, documentId } = hostile;
      expect(await find(collection, unitVector(1), { workspaceId, documentIds: [documentId], metadata })).toEqual([1]);
      expect(await find(collection, unitVector(1), { workspaceId, metadata: { [HOSTILE]: 'other' } })).toEqual([]);
      expect(await find(collection, unitVector(1), { workspaceId: `${workspaceId}x` })).toEqual([]);
      await tested.backend.removeWorkspace(collection, workspaceId);
      await hasCount(collection, workspaceId, 0);
      await hasCount(collection, 'ws_a', 1);
    });

    it('works empty, and can be created twice', async () => {
      const collection = await fresh();
      expect(await find(collection, unitVector(1), { workspaceId: 'ws_a' })).toEqual([]);
      expect(await tested.backend.count(collection, 'ws_a')).toBe(0);
      await tested.backend.upsert(collection, [point(1)]);
      await tested.backend.ensure(collection);
      await hasCount(collection, 'ws_a', 1);
      expect(await find(collection, unitVector(1), { workspaceId: 'ws_a' }, 1000)).toEqual([1]);
      expect(await find(collection, unitVector(1), { workspaceId: 'ws_a' }, 0)).toEqual([]);
    });

    it('reports an unknown collection', async () => {
      const unknown = { name: `lorebox_unknown_${process.pid}`, dimension: DIMENSION };
      await expect(find(unknown, unitVector(1), { workspaceId: 'ws_a' })).rejects.toMatchObject(FAILED);
      expect(await tested.backend.count(unknown, 'ws_a')).toBe(0);
      await tested.backend.remove(unknown, 'ws_a', [1]);
      await tested.backend.removeWorkspace(unknown, 'ws_a');
      await tested.backend.drop(unknown);
    });

    it('rejects other dimensions', async () => {
      const collection = await fresh([point(1)]);
      const short = { ...point(2), vector: new Float32Array([1, 0, 0]) };
      await expect(tested.backend.upsert(collection, [short])).rejects.toMatchObject(FAILED);
      await expect(find(collection, short.vector, { workspaceId: 'ws_a' })).rejects.toThrow(/3 dimensions/);
      const other = { ...collection, dimension: 8 };
      await expect(tested.backend.ensure(other)).rejects.toThrow(/24 dimensions/);
      expect(await tested.backend.count(collection, 'ws_a')).toBe(1);
    });

    it('drops a collection with all its points', async () => {
      const collection = await fresh([point(1)]);
      await tested.backend.drop(collection);
      expect(await tested.backend.count(collection, 'ws_a')).toBe(0);
      await tested.backend.ensure(collection);
      expect(await find(collection, unitVector(1), { workspaceId: 'ws_a' })).toEqual([]);
    });

    it('accepts concurrent batches, including duplicates', async () => {
      const points = randomPoints(400, 9);
      const collection = await fresh();
      const parts = [0, 1, 2, 3, 1].map((part) => points.slice(part * 100, (part + 1) * 100));
      await Promise.all(parts.map((part) => tested.backend.upsert(collection, part)));
      await hasCount(collection, 'ws_a', 400);
      const wanted = points[321]?.vector ?? unitVector(1);
      expect((await find(collection, wanted, { workspaceId: 'ws_a' }))[0]).toBe(322);
    });

    it('stops when the signal is aborted, and works afterwards', async () => {
      const collection = await fresh([point(1)]);
      const search = (signal: AbortSignal) =>
        tested.backend.search(collection, unitVector(1), { workspaceId: 'ws_a' }, 5, signal);
      await expect(search(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
      const leaving = new AbortController();
      const running = search(leaving.signal);
      leaving.abort(new Error('left'));
      await expect(running).rejects.toThrow('left');
      expect(await search(NEVER)).toHaveLength(1);
    });

    it('explains what to do when the server is unreachable', async () => {
      const collection = { name: 'lorebox_down', dimension: DIMENSION };
      const search = tested.down.search(collection, unitVector(1), { workspaceId: 'ws_a' }, 5, NEVER);
      await expect(search).rejects.toMatchObject(FAILED);
      await expect(tested.down.upsert(collection, [point(1)])).rejects.toMatchObject(FAILED);
      await expect(tested.down.ensure(collection)).rejects.not.toThrow(/secret/);
      await expect(tested.down.ensure(collection)).rejects.toThrow(/ failed\. .{5}/);
    });
  });
}

const FAILED = { code: 'VECTOR_BACKEND_FAILED', message: expect.stringMatching(/.{20}/) };

function point(key: number, more: Partial<VectorPoint> = {}): VectorPoint {
  return { key, vector: unitVector(key), workspaceId: 'ws_a', documentId: `doc_${key}`, metadata: {}, ...more };
}

function randomPoints(count: number, seed: number, offset = 0): VectorPoint[] {
  return Array.from({ length: count }, (_, i) => point(offset + i + 1, { vector: unitVector(seed * 10_000 + i) }));
}

function unitVector(seed: number): Float32Array {
  const random = createRandom(seed);
  const values = Float32Array.from({ length: DIMENSION }, () => random() * 2 - 1);
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
