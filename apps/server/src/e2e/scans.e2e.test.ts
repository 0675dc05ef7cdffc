import { buildPdf, drawPage } from '@lorebox/parsers/testing/draw-page';
import { type Document, Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const WORKSPACE = 'scans';
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  server = await startLorebox({ env: { LOREBOX_EMBEDDER: 'shipped' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.api.workspaces.create.mutate({ name: 'Scans' });
});
afterAll(() => server.dispose());

/** Creates a scan with one line of text per page. */
async function upload(name: string, ...lines: string[]): Promise<string> {
  const pages = lines.map((line) => ({ jpeg: drawPage([line], { format: 'jpeg' }) }));
  const { documents } = await lorebox.documents.upload(WORKSPACE, [
    { name, data: new Blob([new Uint8Array(buildPdf(pages))]) },
  ]);
  return documents[0]?.id ?? '';
}

const until = (id: string, wanted: (document: Document) => boolean) =>
  expect.poll(async () => wanted(await lorebox.documents.get(id)), { timeout: 80_000, interval: 50 }).toBe(true);

describe('scans', () => {
  it('report the current page and are cited by page', async () => {
    const id = await upload(
      'minutes.pdf',
      'The chair opened the meeting at noon.',
      'The budget was put off until spring.',
      'The lighthouse keeper asked for paint.',
    );
    const seen: Pick<Document, 'message' | 'progress' | 'stage'>[] = [];
    await until(id, (document) => {
      if (document.message) seen.push(document);
      return document.status === 'ready';
    });
    expect(new Set(seen.map(({ stage }) => stage))).toEqual(new Set(['stored']));
    expect(seen.at(-1)?.message).toBe('Reading page 3 of 3');
    expect(seen.at(-1)?.progress).toBeCloseTo(0.6);
    expect(await lorebox.documents.get(id)).toMatchObject({ pages: 3, progress: 1, message: null, warnings: [] });
    const { hits } = await lorebox.api.search.query({ workspace: WORKSPACE, query: 'lighthouse', mode: 'keyword' });
    expect(hits[0]).toMatchObject({ documentId: id, page: 3 });
  });

  it('can be cancelled between pages, and the next document starts at once', async () => {
    const lines = Array.from({ length: 60 }, (_, page) => `This is sheet number ${page + 1} of the archive.`);
    const long = await upload('archive.pdf', ...lines);
    await until(long, ({ message }) => message === 'Reading page 3 of 60');
    await lorebox.api.documents.cancel.mutate({ documentId: long });
    expect(await lorebox.documents.get(long)).toMatchObject({ status: 'failed', reason: 'cancelled' });
    const short = await upload('note.pdf', 'A short note after the long one.');
    await until(short, ({ status }) => status === 'ready');
    expect((await lorebox.documents.text(short)).text).toBe('A short note after the long one.');
    expect(await lorebox.documents.get(long)).toMatchObject({ status: 'failed', reason: 'cancelled' });
  });
});
