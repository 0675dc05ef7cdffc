import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: LoreboxProcess;
let admin: Lorebox;

beforeAll(async () => {
  server = await startLorebox();
  admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
});
afterAll(() => server.dispose());

/** Returns the files in the data folder that contain one of the words, case-insensitively. */
function filesWith(words: readonly string[]): string[] {
  return readdirSync(server.dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(server.dataDir, name);
    if (!statSync(path).isFile()) return false;
    const text = readFileSync(path, 'latin1').toLowerCase();
    return words.some((word) => text.includes(word));
  });
}

async function addAndWait(workspace: string, items: { externalId: string; text: string }[]): Promise<void> {
  await admin.api.documents.importTexts.mutate({ workspace, items });
  await expect
    .poll(() => admin.api.documents.summary.query({ workspace }), { timeout: 30_000 })
    .toMatchObject({ processing: 0 });
}

describe('deleted data is removed from disk', () => {
  const filler = Array.from({ length: 40 }, (_, i) => ({
    externalId: `f${i}`,
    text: `Filler number ${i} about gardens and rivers.`,
  }));

  it('for a document: its text, its words in the index and the uploaded file', async () => {
    const { slug: workspace } = await admin.api.workspaces.create.mutate({ name: 'Erase' });
    await addAndWait(workspace, filler);
    const words = ['kwyjiboxes', 'zanzibarium', 'quuxotic'];
    const text = `The secret is kwyjiboxes. Then zanzibarium and quuxotic follow.`;
    await addAndWait(workspace, [{ externalId: 'secret', text }]);
    await admin.documents.upload(workspace, [{ name: 'secret.txt', data: new Blob([`${text} Uploaded.`]) }]);
    await expect.poll(() => admin.api.documents.summary.query({ workspace })).toMatchObject({ ready: 42 });
    expect(filesWith(words).length).toBeGreaterThan(1);
    const all = await admin.documents.list(workspace).toArray();
    const documentIds = all
      .filter(({ externalId, filename }) => externalId === 'secret' || filename === 'secret.txt')
      .map(({ id }) => id);
    expect(documentIds).toHaveLength(2);
    await admin.api.documents.deleteMany.mutate({ workspace, documentIds });
    // FTS5 stores common prefixes once, so this also looks for the ends of words.
    await expect
      .poll(() => filesWith([...words, 'wyjibox', 'anzibari', 'uuxoti']), { timeout: 30_000, interval: 200 })
      .toEqual([]);
    const { hits } = await admin.api.search.query({ workspace, query: 'gardens', mode: 'keyword' });
    expect(hits.length).toBeGreaterThan(0);
  });

  it('for a replaced text and a thread', async () => {
    const { slug: workspace } = await admin.api.workspaces.create.mutate({ name: 'Replace' });
    await addAndWait(workspace, filler);
    await addAndWait(workspace, [{ externalId: 'a', text: 'The first wording has flibbertigibbets in it.' }]);
    const answer = admin.ask({ workspace, question: 'Where do snollygosters live?' });
    await answer.final();
    const { threadId } = await answer.started;
    expect(filesWith(['flibbertigibbet', 'snollygoster']).length).toBeGreaterThan(0);
    await addAndWait(workspace, [{ externalId: 'a', text: 'The second wording has none.' }]);
    await admin.api.threads.delete.mutate({ threadId });
    await expect.poll(() => filesWith(['libbertigibbe', 'nollygoste']), { timeout: 30_000, interval: 200 }).toEqual([]);
  });

  it('for a workspace', async () => {
    const { slug: workspace, id } = await admin.api.workspaces.create.mutate({ name: 'Whole' });
    await addAndWait(workspace, [...filler, { externalId: 'a', text: 'Here are bumbershoots galore.' }]);
    expect(filesWith(['bumbershoot']).length).toBeGreaterThan(0);
    await admin.api.workspaces.delete.mutate({ workspace: id });
    await expect.poll(() => filesWith(['umbershoo']), { timeout: 30_000, interval: 200 }).toEqual([]);
  });
});

describe('a stored response of an Idempotency-Key', () => {
  it('is not returned to a key whose permissions were reduced', async () => {
    const scopes = ['workspaces:read', 'workspaces:write'] as const;
    const { id: keyId, key } = await admin.api.apiKeys.create.mutate({ name: 'writer', scopes: [...scopes] });
    for (const [path, body] of [
      ['/v1/workspaces', { name: 'Once' }],
      ['/trpc/workspaces.create', { json: { name: 'Once' } }],
    ] as const) {
      await admin.api.apiKeys.update.mutate({ keyId, scopes: [...scopes] });
      const send = () =>
        fetch(`${server.url}${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': path },
          body: JSON.stringify(body),
        });
      const [first, again] = [await send(), await send()];
      expect([first.ok, again.ok, again.headers.get('idempotent-replayed')]).toEqual([true, true, 'true']);
      await admin.api.apiKeys.update.mutate({ keyId, scopes: ['chat'] });
      expect((await send()).status).toBe(403);
    }
  });
});

describe('downloads', () => {
  it("run no code on the server's origin, and their file names are sanitized", async () => {
    const { slug } = await admin.api.workspaces.create.mutate({ name: 'Downloads' });
    const name = 'invoice\u202efdp.html';
    const { documents } = await admin.documents.upload(slug, [{ name, data: new Blob(['<script>alert(1)</script>']) }]);
    const [document] = documents;
    expect(document?.filename).toBe('invoicefdp.html');
    const response = await fetch(`${server.url}/v1/documents/${document?.id}/content`, {
      headers: { authorization: `Bearer ${server.apiKey}` },
    });
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="invoicefdp.html"/);
    expect(response.headers.get('content-disposition')).not.toContain('%E2%80%AE');
  });
});

describe('passwords and cookies', () => {
  it('rejects weak passwords everywhere a password is set', async () => {
    const create = (username: string, password: string) =>
      admin.call(() => admin.api.users.create.mutate({ username, password }));
    await expect(create('ada.lovelace', 'short pas')).rejects.toThrow('at least 10 characters');
    await expect(create('ada.lovelace', 'Sunshine2024')).rejects.toThrow('too common');
    await expect(create('ada.lovelace', 'Ada.Lovelace1')).rejects.toThrow('username');
    const ada = await create('ada.lovelace', 'enough of gardens');
    await expect(
      admin.call(() => admin.api.users.update.mutate({ userId: ada.id, password: '1234567890' })),
    ).rejects.toThrow('too common');
    const env = { LOREBOX_ADMIN_USERNAME: 'root', LOREBOX_ADMIN_PASSWORD: 'qwertyuiop' };
    await expect(startLorebox({ env })).rejects.toThrow('too common');
  });

  it('restricts the session cookie to one host over HTTPS', async () => {
    const env = {
      LOREBOX_ADMIN_USERNAME: 'root',
      LOREBOX_ADMIN_PASSWORD: 'enough of gardens',
      LOREBOX_PUBLIC_URL: 'https://lorebox.example',
    };
    const secure = await startLorebox({ env });
    await expect.poll(() => secure.logs()).toContain('"ready"');
    const url = /"url":"([^"]+)"/.exec(secure.logs())?.[1] ?? '';
    const response = await fetch(`${url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'root', password: 'enough of gardens' }),
    });
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-lorebox_session=[^;]+;.*Path=\/.*Secure/);
    expect(response.headers.get('set-cookie')).not.toMatch(/Domain/i);
    await secure.dispose();
  });
});
