import { Lorebox } from '@lorebox/sdk';
import { longestHealthWait } from '@lorebox/testkit/health-probe';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MB = 1024 * 1024;
/** Before there were limits, the event loop was blocked for minutes. A busy test machine needs some time even so. */
const MAX_WAIT_MS = 1500;

let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  server = await startLorebox({
    env: { LOREBOX_PARSE_TIMEOUT_SECONDS: '20', LOREBOX_OCR: 'off', LOREBOX_SPEECH: 'off' },
  });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
});
afterAll(() => server.dispose());

/** Opening syntax of each format, repeated and never closed. */
const HOSTILE: Record<string, readonly string[]> = {
  txt: ['.', '“', 'a.b.c', '[1', ' \n', '\u0301', 'é', '漢', '\u202e', '\t'],
  md: ['[', '![](', '*', '`', '|', '> ', '# ', '- ', '<a', '\\'],
  html: ['<b>', '<table><tr><td>', '<!--', '<a href="', '&', '<script>', '<p style="', ']]>'],
  csv: ['"', '",', ',', ';', '\n', '"\n'],
  json: ['[', '{"a":', '"', '[{},', '1e'],
  xml: ['<a>', '<a b="', '<!--', '<![CDATA[', '&lt;', '<?a '],
  rtf: ['{', '{\\*', "\\'e9", '\\u8364 ', '\\par '],
  eml: ['X-A: b\n ', '=?utf-8?q?', 'Content-Type: multipart/mixed; boundary=a\n\n--a\n', '=C3'],
  mbox: ['From \n', '\nFrom a\n>'],
  ts: ['/*', '`${', '(', '"', '\\', '//\n'],
  ipynb: ['{"cells":[', '[', '"'],
};
const HEADS: Record<string, string> = {
  html: '<!doctype html><body>',
  json: '[',
  xml: '<?xml version="1.0"?><r>',
  rtf: '{\\rtf1\\ansi ',
  eml: 'From: a@b.example\nSubject: x\n\n',
  mbox: 'From a@b.example Mon Jan  1 00:00:00 2026\nSubject: x\n\n',
  ipynb: '{"nbformat":4,"cells":[{"cell_type":"code","source":"',
};

function makeFile(format: string, piece: string, i: number, bytes: number) {
  const block = piece.repeat(Math.ceil(65_536 / piece.length));
  const data = new Blob([HEADS[format] ?? '', ...Array.from({ length: Math.ceil(bytes / block.length) }, () => block)]);
  return { name: `hostile-${i}.${format}`, data };
}

async function ingestAll(name: string, files: { name: string; data: Blob }[], timeout: number) {
  const { slug: workspace } = await lorebox.api.workspaces.create.mutate({ name });
  const { ms } = await longestHealthWait(server.url, async () => {
    for (const file of files) await lorebox.documents.upload(workspace, [file]);
    await expect
      .poll(async () => (await lorebox.api.documents.summary.query({ workspace })).processing, {
        timeout,
        interval: 250,
      })
      .toBe(0);
  });
  const documents = await lorebox.documents.list(workspace).toArray();
  await lorebox.api.workspaces.delete.mutate({ workspace });
  return { ms, documents };
}

it.each(Object.keys(HOSTILE))(
  'a megabyte of .%s does not block other requests and ends as ready or failed with a reason',
  async (format) => {
    const files = (HOSTILE[format] ?? []).map((piece, i) => makeFile(format, piece, i, MB));
    const { ms, documents } = await ingestAll(format, files, 240_000);
    expect(documents).toHaveLength(files.length);
    for (const { filename, status, message } of documents) {
      expect(status, filename).not.toBe('processing');
      if (status === 'failed') expect(message?.length ?? 0, filename).toBeGreaterThan(10);
    }
    expect(ms).toBeLessThan(MAX_WAIT_MS);
  },
  300_000,
);

it('a hundred megabytes do not block other requests', async () => {
  const files = [
    makeFile('txt', '.', 0, 100 * MB),
    makeFile('json', '[', 1, 100 * MB),
    makeFile('html', '<b>', 2, 100 * MB),
  ];
  const { slug: workspace } = await lorebox.api.workspaces.create.mutate({ name: 'Large' });
  const { ms } = await longestHealthWait(server.url, async () => {
    for (const file of files) await lorebox.documents.upload(workspace, [file]);
    // Don't wait for documents that are still being parsed: the workspace is deleted.
    await expect
      .poll(async () => (await lorebox.api.documents.summary.query({ workspace })).processing, {
        timeout: 240_000,
        interval: 500,
      })
      .toBeLessThan(2);
    await lorebox.api.workspaces.delete.mutate({ workspace });
  });
  expect(ms).toBeLessThan(MAX_WAIT_MS);
}, 400_000);
