import { request } from 'node:http';
import { Lorebox, LoreboxError } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

let server: LoreboxProcess;
let lorebox: Lorebox;
let workspace: string;

beforeAll(async () => {
  server = await startLorebox({
    env: { LOREBOX_MAX_UPLOAD_MB: '120', LOREBOX_MAX_BODY_MB: '2', LOREBOX_PARSE_TIMEOUT_SECONDS: '60' },
  });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  workspace = (await lorebox.api.workspaces.create.mutate({ name: 'Bad input' })).slug;
});
afterAll(() => server.dispose());
afterEach(async () => {
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await lorebox.call(run);
    return 'OK';
  } catch (error) {
    return error instanceof LoreboxError ? error.code : String(error);
  }
}

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${server.apiKey}`, ...headers },
  });

async function ingest(files: { name: string; data: Blob }[]) {
  const { documents } = await lorebox.documents.upload(workspace, files);
  await expect
    .poll(async () => (await lorebox.api.documents.summary.query({ workspace })).processing, { timeout: 120_000 })
    .toBe(0);
  return Promise.all(documents.map(({ id }) => lorebox.api.documents.get.query({ documentId: id })));
}

describe('requests', () => {
  it('reject malformed JSON, wrong types and unknown procedures with a clear error', async () => {
    const json = { 'content-type': 'application/json' };
    const malformed = await post('/trpc/workspaces.create', '{"json": {', json);
    expect(malformed.status).toBe(400);
    const wrong = await post('/trpc/workspaces.create', '{"json": {"name": 5}}', json);
    expect(wrong.status).toBe(400);
    const body = (await wrong.json()) as {
      error: { json: { message: string; data: { appCode: string; requestId: string; stack?: string } } };
    };
    expect(body.error.json.data.appCode).toBe('BAD_REQUEST');
    expect(body.error.json.message).toContain('name');
    expect(body.error.json.data.requestId).toBeTruthy();
    expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:/);
    expect((await post('/trpc/no.such', '{}', json)).status).toBe(404);
    expect((await fetch(`${server.url}/trpc/%zz`)).status).toBe(400);
    expect((await fetch(`${server.url}/v1/workspaces/%zz`)).status).toBe(401);
    const api = await fetch(`${server.url}/api/none`);
    expect(api.status).toBe(404);
    expect(api.headers.get('content-type')).toContain('application/problem+json');
  });

  it('accept questions of 10,000 characters and reject empty and oversized ones', async () => {
    const question = `Where is it? ${'Really, where? '.repeat(660)}`;
    expect(question.length).toBeGreaterThan(9_900);
    expect(await codeOf(() => lorebox.ask({ workspace, question }).final())).toBe('OK');
    expect(await codeOf(() => lorebox.api.search.query({ workspace, query: question.slice(0, 2000) }))).toBe('OK');
    expect(await codeOf(() => lorebox.api.search.query({ workspace, query: question }))).toBe('BAD_REQUEST');
    expect(await codeOf(() => lorebox.ask({ workspace, question: '   ' }).final())).toBe('BAD_REQUEST');
    expect(await codeOf(() => lorebox.ask({ workspace, question: 'x'.repeat(30_000) }).final())).toBe('BAD_REQUEST');
    for (const query of ['"', '* OR *', "'; drop table documents; --", 'NEAR(a b, 2)', '\u0000', '💥', '(((((']) {
      expect(await codeOf(() => lorebox.api.search.query({ workspace, query })), query).toBe('OK');
    }
  });

  it('reject bodies over the limit before reading them', async () => {
    const text = 'x'.repeat(3 * 1024 * 1024);
    expect(await codeOf(() => lorebox.api.documents.importTexts.mutate({ workspace, items: [{ text }] }))).toBe(
      'TOO_LARGE',
    );
    const items = Array.from({ length: 1001 }, () => ({ text: 'x' }));
    expect(await codeOf(() => lorebox.api.documents.importTexts.mutate({ workspace, items }))).toBe('BAD_REQUEST');
  });

  it('leave nothing behind after damaged or truncated multipart bodies', async () => {
    const multipart = { 'content-type': 'multipart/form-data; boundary=b' };
    expect((await post('/trpc/documents.upload', 'not multipart at all', multipart)).status).toBe(400);
    expect((await post('/trpc/documents.upload', '{}', { 'content-type': 'application/json' })).status).toBe(400);
    const fileFirst = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n`;
    expect((await post('/trpc/documents.upload', fileFirst, multipart)).status).toBe(400);
    await new Promise<void>((resolve) => {
      const headers = { authorization: `Bearer ${server.apiKey}`, ...multipart, 'content-length': '100000' };
      const upload = request(`${server.url}/trpc/documents.upload`, { method: 'POST', headers });
      upload.on('error', () => resolve());
      upload.write(
        `--b\r\nContent-Disposition: form-data; name="workspace"\r\n\r\n${workspace}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="cut.txt"\r\n\r\nhalf a fi`,
      );
      setTimeout(() => upload.destroy(), 300);
      upload.on('close', () => resolve());
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { items } = await lorebox.api.documents.list.query({ workspace });
    expect(items.map(({ filename }) => filename)).not.toContain('cut.txt');
  });

  it('reject private network addresses in every notation', async () => {
    const addresses = [
      'http://127.0.0.1/',
      'http://localhost:3001/',
      'http://[::1]/',
      'http://0.0.0.0/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://127.1/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:7f00:1]/',
      'http://169.254.169.254/latest/meta-data/',
      'http://10.0.0.1/',
      'http://192.168.1.1/',
      'http://172.16.0.1/',
      'http://100.64.0.1/',
      'http://[fd00::1]/',
      'http://[fe80::1]/',
      'http://[64:ff9b::7f00:1]/',
      'http://[2002:7f00:1::]/',
      'file:///etc/passwd',
      'ftp://example.com/',
      'http://user:pass@example.com/',
      'javascript:alert(1)',
      'Invalid URL',
    ];
    for (const url of addresses)
      expect(await codeOf(() => lorebox.api.documents.addUrl.mutate({ workspace, url })), url).toBe('URL_REFUSED');
  });
});

describe('files', () => {
  it('fail with a reason when invalid, while valid files in the same request become ready', async () => {
    const bomb = zipSync(
      { 'word/document.xml': new Uint8Array(300 * 1024 * 1024), '[Content_Types].xml': new Uint8Array(10) },
      { level: 9 },
    );
    const files = {
      'zero.pdf': new Blob([]),
      'spaces.txt': new Blob(['  \n \t ']),
      'cut.pdf': new Blob(['%PDF-1.7\n1 0 obj\n<< /Type /Catalog']),
      'cut.docx': new Blob([zipSync({ 'word/document.xml': new TextEncoder().encode('<w:document/>') }).slice(0, 40)]),
      'bomb.docx': new Blob([new Uint8Array(bomb)]),
      'picture.pdf': new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])]),
      'noise.bin': new Blob([new Uint8Array(5000).map((_, i) => (i * 7919) % 251)]),
      'good.txt': new Blob(['A good file among bad ones.']),
    };
    const documents = await ingest(Object.entries(files).map(([name, data]) => ({ name, data })));
    for (const { filename, status, reason, message } of documents) {
      if (filename === 'good.txt') expect(status).toBe('ready');
      else
        expect({ filename, status, hasReason: reason !== null, isClear: (message ?? '').length > 15 }).toEqual({
          filename,
          status: 'failed',
          hasReason: true,
          isClear: true,
        });
    }
    const reasons = Object.fromEntries(documents.map(({ filename, reason }) => [filename, reason]));
    expect(reasons).toMatchObject({
      'zero.pdf': 'empty',
      'spaces.txt': 'empty',
      'picture.pdf': 'damaged',
      'cut.pdf': 'damaged',
    });
    const retried = await lorebox.api.documents.retry.mutate({ documentId: documents[0]?.id ?? '' });
    expect(retried.status).toBe('processing');
    expect(await codeOf(() => lorebox.api.documents.retry.mutate({ documentId: documents.at(-1)?.id ?? '' }))).toBe(
      'CONFLICT',
    );
  });

  it('keep their own text whatever their names contain', async () => {
    const names = [
      '../../x',
      '..\\..\\windows\\x',
      '/etc/passwd',
      'a\u0000b.txt',
      '名前.txt',
      'ü ñ (1).txt',
      `${'n'.repeat(400)}.txt`,
      '"; rm -rf.txt',
    ];
    const documents = await ingest(
      names.map((name, i) => ({ name, data: new Blob([`Content number ${i} of the odd names.`]) })),
    );
    for (const [i, { id, status, filename }] of documents.entries()) {
      expect(status).toBe('ready');
      expect(filename).not.toMatch(/[/\\]|\p{Cc}/u);
      expect((await lorebox.api.documents.text.query({ documentId: id })).text).toBe(
        `Content number ${i} of the odd names.`,
      );
    }
  });

  it('keep their own text when 16 are uploaded concurrently under the same name', async () => {
    const accepted = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        lorebox.documents.upload(workspace, [
          { name: 'same.txt', data: new Blob([`I am upload number ${i}, alone.`]) },
        ]),
      ),
    );
    await expect
      .poll(async () => (await lorebox.api.documents.summary.query({ workspace })).processing, { timeout: 60_000 })
      .toBe(0);
    const texts = await Promise.all(
      accepted.map(({ documents }) => lorebox.api.documents.text.query({ documentId: documents[0]?.id ?? '' })),
    );
    expect(texts.map(({ text }) => text)).toEqual(
      Array.from({ length: 16 }, (_, i) => `I am upload number ${i}, alone.`),
    );
  });

  it('are rejected over the size limit, and 100 MB of text is accepted and can be cancelled', async () => {
    const big = new Blob(Array.from({ length: 121 }, () => new Uint8Array(1024 * 1024)));
    expect(await codeOf(() => lorebox.documents.upload(workspace, [{ name: 'big.bin', data: big }]))).toBe('TOO_LARGE');
    const line = 'The quick brown fox jumps over the lazy dog and runs away. '.repeat(17_000);
    const text = new Blob(Array.from({ length: 100 }, (_, i) => `Part ${i}. ${line}\n\n`));
    const { documents } = await lorebox.documents.upload(workspace, [{ name: 'huge.txt', data: text }]);
    const documentId = documents[0]?.id ?? '';
    await expect
      .poll(async () => (await lorebox.api.documents.get.query({ documentId })).stage, {
        timeout: 120_000,
        interval: 200,
      })
      .toBe('chunked');
    expect((await lorebox.api.documents.list.query({ workspace })).items.length).toBeGreaterThan(10);
    const { hits } = await lorebox.api.search.query({ workspace, query: 'quick brown fox', mode: 'keyword' });
    expect(hits.every((hit) => hit.documentId !== documentId)).toBe(true);
    await lorebox.api.documents.cancel.mutate({ documentId });
    expect(await lorebox.api.documents.get.query({ documentId })).toMatchObject({
      status: 'failed',
      reason: 'cancelled',
    });
    await lorebox.api.documents.deleteMany.mutate({ workspace, documentIds: [documentId] });
  }, 300_000);
});
