import { parseArgs } from 'node:util';
import { type Document, Lorebox } from '@lorebox/sdk';
import { startServer } from '../load/bench-server.ts';
import { startDoubles } from '../load/doubles.ts';
import { makePdf } from '../load/make-pdf.ts';
import { figure, printHeading, printTable, progress } from '../report.ts';

/** Measures born-digital pages from the upload until they are parsed, and until they are searchable. */
export async function pdf(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { files: { type: 'string', default: '1,4,20' }, pages: { type: 'string', default: '1000' } },
  });
  const doubles = await startDoubles();
  const server = await startServer({ env: doubles.embedder });
  const lorebox = new Lorebox({ baseUrl: server.lorebox.url, apiKey: server.lorebox.apiKey });
  const total = Number(values.pages);
  const rows: string[][] = [];
  for (const files of values.files.split(',').map(Number)) {
    const workspace = await server.createWorkspace(`${files} files`);
    const perFile = Math.ceil(total / files);
    const data = Array.from({ length: files }, (_, i) => ({
      name: `report-${i}.pdf`,
      data: new Blob([new Uint8Array(makePdf(perFile, 100 * files + i))]),
    }));
    const started = performance.now();
    const accepted = await lorebox.documents.upload(workspace, data);
    const parsed = await waitUntilParsed(
      lorebox,
      accepted.documents.map(({ id }) => id),
    );
    const parseSeconds = (parsed - started) / 1000;
    const { ready, failed } = await server.settled(workspace, 300_000);
    const seconds = (performance.now() - started) / 1000;
    const pages = await countPages(lorebox, workspace);
    const counts = [files, pages, ready, failed].map(String);
    rows.push([...counts, figure(parseSeconds), figure(pages / parseSeconds), figure(seconds)]);
    progress(rows.at(-1)?.join('  ') ?? '');
  }
  await server.dispose();
  doubles.close();
  printHeading('Born-digital PDF pages');
  printTable(['files', 'pages', 'ready', 'failed', 'seconds to all parsed', 'pages/s', 'seconds to searchable'], rows);
}

async function waitUntilParsed(lorebox: Lorebox, ids: readonly string[]): Promise<number> {
  const left = new Set(ids);
  for (;;) {
    for (const id of left) {
      const { stage, status } = await lorebox.documents.get(id);
      if (stage !== 'stored' || status === 'failed') left.delete(id);
    }
    if (left.size === 0) return performance.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function countPages(lorebox: Lorebox, workspace: string): Promise<number> {
  let pages = 0;
  for await (const document of lorebox.documents.list(workspace) as AsyncIterable<Document>)
    pages += document.pages ?? 0;
  return pages;
}
