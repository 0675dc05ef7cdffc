import { expect, it, vi } from 'vitest';
import { type LogEntry, Lorebox } from './index.ts';

const page = '[{"result":{"data":{"json":{"items":[],"nextCursor":null}}}}]';

function answering(...statuses: number[]): typeof globalThis.fetch {
  return async () => {
    const status = statuses.shift() ?? 200;
    const headers = { 'content-type': 'application/json', 'x-request-id': `r-${status}` };
    return new Response(status === 200 ? page : '{}', { status, headers });
  };
}

it('writes an entry for every attempt', async () => {
  const entries: LogEntry[] = [];
  const logger = (entry: LogEntry) => void entries.push(entry);
  const lorebox = new Lorebox({ apiKey: null, fetch: answering(503, 200), logger });
  await lorebox.workspaces.list();
  expect(entries).toMatchObject([
    { level: 'warn', operation: 'workspaces.list', attempt: 1, status: 503, code: 'HTTP_503' },
    { level: 'debug', operation: 'workspaces.list', attempt: 2, status: 200, requestId: 'r-200', code: null },
  ]);
});

it('logs downloads by their path', async () => {
  const entries: LogEntry[] = [];
  const lorebox = new Lorebox({ apiKey: null, fetch: answering(200), logger: (entry) => void entries.push(entry) });
  await lorebox.documents.download('doc_1');
  expect(entries).toMatchObject([{ operation: '/v1/documents/doc_1/content', status: 200, code: null }]);
});

it('writes to a console', async () => {
  const debug = vi.fn();
  const lorebox = new Lorebox({ apiKey: null, fetch: answering(200), logger: { debug, warn: vi.fn() } });
  await lorebox.workspaces.list();
  expect(debug.mock.calls[0]?.[0]).toMatch(/^lorebox: request succeeded: workspaces\.list \(\d+ ms\)$/);
});
