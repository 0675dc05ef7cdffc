import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Signed links open one file without a credential, and nothing in it can run. */
let server: LoreboxProcess;
let lorebox: Lorebox;
let workspace: string;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  server = await startLorebox();
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  ({ id: workspace } = await lorebox.workspaces.create({ name: 'Files' }));
});
afterAll(() => server.dispose());

async function upload(name: string, type: string, content: string | Buffer): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([content], { type }), name);
  const headers = { authorization: `Bearer ${server.apiKey}` };
  const url = `${server.url}/v1/workspaces/${workspace}/documents`;
  const response = await fetch(url, { method: 'POST', headers, body: form });
  return ((await response.json()) as { documents: { id: string }[] }).documents[0]?.id ?? '';
}

async function open(documentId: string, headers: Record<string, string> = {}, inline = true): Promise<Response> {
  const { url } = await lorebox.documents.link(documentId, { inline });
  return fetch(server.url + url, { headers });
}

it('shows safe types by content in a sandbox, with ranges and tags, without a credential', async () => {
  const documentId = await upload('scan.html', 'text/html', PNG);
  const response = await open(documentId);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': `inline; filename="scan.html"; filename*=UTF-8''scan.html`,
    'content-security-policy':
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
  const etag = response.headers.get('etag') ?? '';
  expect((await open(documentId, { 'if-none-match': etag })).status).toBe(304);
  const part = await open(documentId, { range: 'bytes=1-3' });
  expect([part.status, await part.text()]).toEqual([206, 'PNG']);
  const beyond = await open(documentId, { range: 'bytes=9999-' });
  expect([beyond.status, beyond.headers.get('content-type')]).toEqual([416, 'application/problem+json']);
  expect((await open(documentId, {}, false)).headers.get('content-disposition')).toMatch(/^attachment/);
});

it('saves everything that a browser could run, whatever the uploader called it', async () => {
  const script = '<script>alert(1)</script>';
  const files: [string, string, string][] = [
    ['page.png', 'image/png', script],
    ['icon.svg', 'image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`],
    ['note.txt', 'text/plain', ` \n<html>${script}`],
    ['page.pdf', 'application/pdf', `<!doctype html>${script}%PDF-1.7`],
  ];
  for (const [name, type, content] of files) {
    const response = await open(await upload(name, type, content));
    expect(response.headers.get('content-disposition'), name).toMatch(/^attachment/);
    expect(response.headers.get('content-type'), name).toBe('application/octet-stream');
    await response.arrayBuffer();
  }
});

it('answers 404 with a problem to wrong links, and ignores credentials', async () => {
  const documentId = await upload('note.txt', 'text/plain', 'The lighthouse is white.');
  const { url } = await lorebox.documents.link(documentId);
  const wrong = [url.replace(/signature=../, 'signature=AA'), url.replace('inline=0', 'inline=1'), url.split('?')[0]];
  for (const path of wrong) {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.apiKey}` } });
    expect(response.status, path).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  }
  await lorebox.documents.delete(documentId);
  expect((await fetch(server.url + url)).status).toBe(404);
});
