import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_WORKSPACE_SETTINGS, type Workspace } from '@lorebox/contract/workspace';
import type { IngestJob, IngestSource, NewChunk, NewDocument } from '@lorebox/ports/document-stores';
import type { IndexHit } from '@lorebox/ports/search-index';
import { type Connection, openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import { searchKeywords } from '../search/keyword-search.ts';
import { ScanStore } from '../search/scan-store.ts';
import { VectorSearch } from '../search/vector-search.ts';
import { prepareValue } from '../statements.ts';
import { createStores, type Stores } from '../stores.ts';
import { createInlineWriter, type Writer } from '../writer/writer.ts';

export const MODEL = { modelId: 'test-embedder', dimension: 4 };
export const AT = new Date('2026-01-01T00:00:00Z');
export const ALL = { memberId: null, workspaceId: null };

/** All stores over a temporary database without threads, plus the steps of an ingest. */
export class TestDatabase {
  readonly folder: string;
  readonly blobs: string;
  readonly writing: Connection;
  readonly reading: Connection;
  readonly writer: Writer;
  readonly stores: Stores;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'stores-'));
    this.blobs = join(this.folder, 'blobs');
    mkdirSync(join(this.blobs, 'staging'), { recursive: true });
    const path = join(this.folder, 'lorebox.db');
    this.writing = openConnection(path, { readonly: false, vectors: true });
    migrateDatabase(this.writing, this.blobs);
    this.reading = openConnection(path, { readonly: true, vectors: true });
    this.writer = createInlineWriter(this.writing, this.blobs);
    this.stores = createStores(this.reading, this.writer);
  }

  close(): void {
    this.reading.raw.close();
    this.writing.raw.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  count(table: string): number | undefined {
    return prepareValue<[], number>(this.reading.raw, `select count(*) from "${table}"`).get();
  }

  keyword(query: string, workspaceId = 'ws_a'): IndexHit[] {
    return searchKeywords(this.reading, query, { workspaceId }, 10);
  }

  vector(modelId = MODEL.modelId, workspaceId = 'ws_a'): Promise<IndexHit[]> {
    const search = new VectorSearch(this.reading, new ScanStore(this.reading, 0, null));
    return search.search(modelId, new Float32Array([1, 0, 0, 0]), { workspaceId }, 10);
  }

  async claimIngest(): Promise<IngestJob> {
    const job = (await this.stores.ingest.claim(10, AT)).find(({ kind }) => kind === 'ingest');
    if (job?.kind !== 'ingest') throw new Error('nothing to ingest');
    return job;
  }

  /** Takes a job from the queue to the parsed stage, ready for chunks. */
  async begin(job: IngestJob): Promise<IngestSource> {
    const source = await this.stores.ingest.source(job);
    if (!source) throw new Error('the job has no source');
    const about = { title: 'A title', format: 'text', pages: null, duration: null, warnings: [], metadata: {} };
    await this.stores.ingest.saveParsed(source, { text: null, blocks: null, ...about }, AT);
    return source;
  }

  append(source: IngestSource, chunks: NewChunk[]): Promise<boolean> {
    return this.stores.ingest.appendChunks(source, MODEL, chunks, { stage: 'embedded', done: 1, total: 1 }, AT);
  }

  /** Ingests the waiting document with this text in `count` chunks. */
  async ingest(text: string, count = 1): Promise<IngestJob> {
    const job = await this.claimIngest();
    const source = await this.begin(job);
    await this.append(source, chunksOf(text, count));
    await this.stores.ingest.publish(job, source, count, AT);
    return job;
  }

  /** Runs all queued purges. */
  async purge(): Promise<void> {
    // Not AT: removing a workspace uses the real clock.
    for (const job of await this.stores.ingest.claim(100, new Date(Date.now() + 1000))) {
      while (!(await this.stores.ingest.purgeStep(job)));
      await this.stores.ingest.finish(job);
    }
  }
}

export function workspace(id: string, slug = id): Workspace {
  return { id, slug, name: id, ...DEFAULT_WORKSPACE_SETTINGS, createdAt: AT, updatedAt: AT };
}

export function textDocument(
  workspaceId: string,
  id: string,
  text: string,
  externalId: string | null = null,
): NewDocument {
  const about = { filename: `${id}.txt`, title: null, metadata: {}, sourceUrl: null };
  return { id, workspaceId, externalId, ...about, source: 'text', text };
}

export function chunksOf(text: string, count = 1): NewChunk[] {
  const chunk = { page: null, times: null, section: null, start: 0, end: text.length, tokens: 3, text };
  const made = { hash: new Uint8Array(16).fill(text.length), vector: new Float32Array([1, 0, 0, 0]) };
  return Array.from({ length: count }, (_, ordinal) => ({ ...chunk, ordinal, ...made }));
}
