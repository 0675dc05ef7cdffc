import { readdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CandidateScorer, ChunkRecord, SearchIndex } from '@lorebox/ports/search-index';
import { chunkId } from '../chunks/chunk-id.ts';
import type { Connection } from '../connection.ts';
import { toFloats } from '../embeddings/vector-bytes.ts';
import { findEmbedding, vectorTable } from '../embeddings/vector-table.ts';
import { prepareOnce } from '../statements.ts';
import { SEARCHABLE } from './filter-sql.ts';
import type { ReaderData, ReaderReply, ReaderRequest } from './reader-messages.ts';

/** A chunk record as SQLite has it: `times` is JSON. */
type ChunkRow = Omit<ChunkRecord, 'chunkId' | 'times'> & { times: string | null };
type Hits = ReaderReply & { ms: number };
type Question = ReaderRequest extends infer R ? (R extends ReaderRequest ? Omit<R, 'id'> : never) : never;

/** One reader thread, started with the first question and again after a crash; questions are answered in order. */
class Reader {
  private readonly data: ReaderData;
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, { resolve: (hits: Hits) => void; reject: (error: Error) => void }>();
  private nextId = 1;

  constructor(data: ReaderData) {
    this.data = data;
  }

  ask(question: Question): Promise<Hits> {
    this.worker ??= this.start();
    const id = this.nextId++;
    const { worker } = this;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ ...question, id });
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL('./reader-thread.ts', import.meta.url), {
      workerData: this.data,
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    worker.unref();
    worker.on('message', (reply: ({ id: number } & Hits) | { id: number; error: string }) => {
      const call = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if ('error' in reply) call?.reject(new Error(reply.error));
      else call?.resolve(reply);
    });
    worker.on('error', (error: Error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('The search thread exited.')));
    return worker;
  }

  private fail(error: Error): void {
    this.worker = null;
    for (const call of this.waiting.values()) call.reject(error);
    this.waiting.clear();
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}

/** The keyword half and the vector half have a thread each, so that the two run side by side. */
export function createSqliteSearchIndex(
  path: string,
  { raw }: Connection,
  options: Omit<ReaderData, 'path'>,
): SearchIndex & CandidateScorer & { warm(): Promise<void>; close(): Promise<void> } {
  const keywordReader = new Reader({ path, maxVectorBytes: 0, vectorFiles: null });
  const vectorReader = new Reader({ path, ...options });
  const byKeys = raw.prepare<[string, string], ChunkRow>(
    `select c.key, c.document_id as documentId, c.revision, d.external_id as externalId, d.title, d.filename, c.ordinal,
       c.page, c.times, c.section, c.start, c."end", c.text
     from json_each(?) k cross join chunks c on c.key = k.value ${SEARCHABLE} where d.workspace_id = ?`,
  );
  return {
    keyword: (query, filter, limit) => keywordReader.ask({ kind: 'keyword', query, filter, limit }),
    vector: (vector, modelId, filter, limit) => vectorReader.ask({ kind: 'vector', vector, modelId, filter, limit }),
    async vectorsOf(workspaceId, modelId, keys) {
      const model = findEmbedding(raw, modelId);
      if (!model) return new Map();
      const sql =
        `select v.chunk_key key, v.embedding from json_each(?) k cross join chunks c on c.key = k.value and c.workspace_id = ? ` +
        `cross join ${vectorTable(model.key)} v on v.chunk_key = c.key`;
      const vectors = prepareOnce<[string, string], { key: number; embedding: Buffer }>(raw, sql);
      const rows = vectors.all(JSON.stringify(keys), workspaceId);
      return new Map(rows.map(({ key, embedding }) => [key, toFloats(embedding)]));
    },
    async scoreCandidates(vector, modelId, filter, limit, candidates) {
      const reply = await vectorReader.ask({ kind: 'candidates', vector, modelId, filter, limit, candidates });
      const { hits, isShort = false, isTooMany, ms } = reply;
      return isTooMany ? null : { hits, isShort, ms };
    },
    async load(workspaceId, keys) {
      const rows = byKeys.all(JSON.stringify(keys), workspaceId);
      return rows.map((row) => {
        const times: ChunkRecord['times'] = row.times === null ? null : JSON.parse(row.times);
        return { ...row, times, chunkId: chunkId(row) };
      });
    },
    async highlight(query, texts) {
      const { highlights = [] } = await keywordReader.ask({ kind: 'highlight', query, texts });
      return highlights;
    },
    async warm() {
      // A thread costs memory: none is started for nothing.
      if (options.vectorFiles && readdirSync(options.vectorFiles).length > 0) await vectorReader.ask({ kind: 'warm' });
    },
    async close() {
      await Promise.all([keywordReader.close(), vectorReader.close()]);
    },
  };
}
