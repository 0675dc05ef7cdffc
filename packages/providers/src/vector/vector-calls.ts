import { AppError, isAppError } from '@lorebox/contract/errors';
import type { VectorBackend, VectorCollection, VectorFilter, VectorPoint } from '@lorebox/ports/vector-backend';
import { filterTokens } from './filter-tokens.ts';

/** A point as stored by backends. */
export interface PlainPoint {
  key: number;
  vector: number[];
  workspaceId: string;
  documentId: string;
  tokens: string[];
}

export interface PlainFilter {
  workspaceId: string;
  documentIds: readonly string[] | undefined;
  tokens: string[];
}

/** The calls that a provider implements. `toBackend` adds checks, limits, errors and the signal. */
export interface VectorCalls {
  /** Creates the collection, or returns the dimension of an existing one; undefined if it was created. */
  ensure(collection: VectorCollection): Promise<number | undefined>;
  upsert(name: string, points: PlainPoint[]): Promise<void>;
  remove(name: string, keys: number[], workspaceId: string): Promise<void>;
  removeWorkspace(name: string, workspaceId: string): Promise<void>;
  search(
    name: string,
    vector: number[],
    filter: PlainFilter,
    limit: number,
    signal: AbortSignal,
  ): Promise<{ key: number; score: number }[]>;
  count(name: string, workspaceId: string): Promise<number>;
  drop(name: string): Promise<void>;
  close(): Promise<void>;
  /** Whether the error means that the collection is missing. */
  isUnknown(error: unknown): boolean;
  /** Returns the server's message if the client keeps it separate from the error message. */
  explain?(error: unknown): string | undefined;
}

export interface BackendAbout {
  /** "qdrant" */
  id: string;
  /** "Qdrant" */
  title: string;
  /** URL of the server. A password in it is never shown. */
  url: string;
  /** Time until writes are visible; 0 by default. */
  settleMs?: number;
}

/** Maximum number of points in one call. */
const MAX_POINTS = 200;

/** Loads the client with the first call, so that a server starts without its backend. A failed load is retried. */
export function toBackend(about: BackendAbout, open: () => Promise<VectorCalls>): VectorBackend {
  let opened: Promise<VectorCalls> | null = null;
  const calls = () => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };

  async function run<T>(call: (client: VectorCalls) => Promise<T>, unknown?: T): Promise<T> {
    const client = await calls().catch((error: unknown) => Promise.reject(failure(about, error)));
    return call(client).catch((error: unknown) => {
      if (unknown !== undefined && client.isUnknown(error)) return unknown;
      throw failure(about, error, client.explain?.(error));
    });
  }

  return {
    id: about.id,
    settleMs: about.settleMs ?? 0,
    async ensure(collection) {
      const dimension = await run((client) => client.ensure(collection));
      if (dimension === undefined || dimension === collection.dimension) return;
      const found = `Its collection ${collection.name} has ${dimension} dimensions, but the embedder has ${collection.dimension}.`;
      throw new AppError(
        'VECTOR_BACKEND_FAILED',
        `${nameOf(about)} failed. ${found} Delete that collection in the vector backend.`,
      );
    },
    async upsert(collection, points) {
      for (const { vector } of points) checkDimension(about, collection, vector);
      for (let start = 0; start < points.length; start += MAX_POINTS) {
        const part = points.slice(start, start + MAX_POINTS).map(toPlainPoint);
        await run((client) => client.upsert(collection.name, part));
      }
    },
    async remove({ name }, workspaceId, keys) {
      for (let start = 0; start < keys.length; start += MAX_POINTS)
        await run(
          (client) => client.remove(name, keys.slice(start, start + MAX_POINTS), workspaceId).then(() => null),
          null,
        );
    },
    async removeWorkspace({ name }, workspaceId) {
      await run((client) => client.removeWorkspace(name, workspaceId).then(() => null), null);
    },
    async search(collection, vector, filter, limit, signal) {
      signal.throwIfAborted();
      checkDimension(about, collection, vector);
      if (limit < 1 || filter.documentIds?.length === 0) return [];
      const wanted = toPlainFilter(filter);
      const found = run((client) => client.search(collection.name, [...vector], wanted, limit, signal));
      const hits = await untilAborted(found, signal);
      return hits.sort((a, b) => b.score - a.score || a.key - b.key).slice(0, limit);
    },
    count: ({ name }, workspaceId) => run((client) => client.count(name, workspaceId), 0),
    async drop({ name }) {
      await run((client) => client.drop(name).then(() => null), null);
    },
    async close() {
      const client = await opened?.catch(() => null);
      opened = null;
      await client?.close();
    },
  };
}

function toPlainPoint({ key, vector, workspaceId, documentId, metadata }: VectorPoint): PlainPoint {
  return { key, vector: [...vector], workspaceId, documentId, tokens: filterTokens(metadata) };
}

function toPlainFilter({ workspaceId, documentIds, metadata }: VectorFilter): PlainFilter {
  return { workspaceId, documentIds, tokens: filterTokens(metadata) };
}

function checkDimension(about: BackendAbout, { name, dimension }: VectorCollection, vector: Float32Array): void {
  if (vector.length === dimension) return;
  const what = `A vector with ${vector.length} dimensions doesn't fit into ${name}, which has ${dimension}.`;
  throw new AppError('VECTOR_BACKEND_FAILED', `Skipped ${nameOf(about)}. ${what}`);
}

/** Some clients can't be cancelled. Late results are ignored. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise
      .then(resolve, (error: unknown) => reject(signal.aborted ? signal.reason : error))
      .finally(() => signal.removeEventListener('abort', stop));
  });
}

function failure(about: BackendAbout, error: unknown, explained?: string): AppError {
  if (isAppError(error)) return error;
  const reason = withoutSecrets(explained ?? describe(error)).slice(0, 300);
  return new AppError('VECTOR_BACKEND_FAILED', `${nameOf(about)} failed. ${reason}`, { cause: error });
}

function nameOf({ title, url }: BackendAbout): string {
  return `${title} at ${withoutSecrets(url)}`;
}

function withoutSecrets(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/g, '//').replace(/\?\S*/g, '');
}

/** Clients wrap errors, some several times. Returns the innermost message that is not empty. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const deeper = inner instanceof Error ? describe(inner) : '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return deeper || error.message || code;
}
