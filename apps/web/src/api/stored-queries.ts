import type { QueryClient } from '@tanstack/react-query';
import { createStore, del, entries, set } from 'idb-keyval';
import superjson from 'superjson';

/** Queries that stay readable without a network. Their answers are kept in IndexedDB until the user signs out. */
const KEPT = new Set([
  'app',
  'auth.me',
  'workspaces.list',
  'workspaces.get',
  'threads.list',
  'threads.get',
  'threads.messages',
]);
const MAX_STORED = 300;
const WRITE_DELAY_MS = 200;

const store = createStore('lorebox', 'queries');

interface StoredQuery {
  key: readonly unknown[];
  data: ReturnType<typeof superjson.serialize>;
  at: number;
}

/** Loads what was stored, then stores what changes. Data that the server has sent meanwhile is newer and stays. */
export async function restoreQueries(client: QueryClient): Promise<void> {
  try {
    const stored = await entries<string, StoredQuery>(store);
    for (const [, { key, data, at }] of stored) {
      if (client.getQueryState(key)?.dataUpdatedAt) continue;
      // Name, logo and colors may have changed since the last visit.
      const updatedAt = key[0] === 'app' ? 1 : at;
      client.setQueryData(key, superjson.deserialize(data), { updatedAt });
    }
    const old = stored.sort(([, a], [, b]) => b.at - a.at).slice(MAX_STORED);
    for (const [hash] of old) await del(hash, store);
  } catch {
    // Without IndexedDB, as in some private windows, the app works and keeps nothing.
    return;
  }
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || query.state.status !== 'success' || !KEPT.has(String(query.queryKey[0]))) return;
    clearTimeout(timers.get(query.queryHash));
    const write = () => {
      const value = { key: query.queryKey, data: superjson.serialize(query.state.data), at: query.state.dataUpdatedAt };
      set(query.queryHash, value, store).catch(() => {});
    };
    timers.set(query.queryHash, setTimeout(write, WRITE_DELAY_MS));
  });
}

/** Deletes everything that this browser keeps of the user's content. */
export async function forgetStored(): Promise<void> {
  for (const name of ['lorebox', 'lorebox-outbox']) indexedDB.deleteDatabase(name);
  for (const key of Object.keys(localStorage)) if (key.startsWith('lorebox.draft.')) localStorage.removeItem(key);
}
