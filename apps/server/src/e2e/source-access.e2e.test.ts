import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let root: string;
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lorebox-access-'));
  server = await startLorebox({ env: { LOREBOX_SOURCE_FOLDERS: root } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
});
afterAll(async () => {
  await server.dispose();
  rmSync(root, { recursive: true, force: true });
});

describe('source permissions', () => {
  it('let owners create and editors view sources, hide them from others, and limit folders to admins', async () => {
    const demo = await lorebox.workspaces.get('demo');
    const sign = async (username: string, role?: 'viewer' | 'editor' | 'owner') => {
      const user = await lorebox.users.create({ username, password: 'a long password', role: 'member' });
      if (role) await lorebox.workspaces.setMember('demo', user.id, role);
      const { sessionToken } = await new Lorebox({ baseUrl: server.url }).auth.login({
        username,
        password: 'a long password',
      });
      return new Lorebox({ baseUrl: server.url, apiKey: sessionToken });
    };
    const [owner, editor, viewer, stranger] = [
      await sign('olga', 'owner'),
      await sign('edda', 'editor'),
      await sign('vera', 'viewer'),
      await sign('sven'),
    ];
    const input = { connector: 'rss', config: { url: 'http://127.0.0.1:9/feed' }, skipCheck: true };
    const { id } = await owner.sources.create('demo', input);
    expect(await editor.sources.get(id)).toMatchObject({ id });
    for (const one of [editor, viewer])
      await expect(one.sources.create('demo', input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(editor.sources.run(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(viewer.sources.get(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { key } = await lorebox.apiKeys.create({
      name: 'other',
      scopes: ['*'],
      workspaceId: (await lorebox.workspaces.create({ name: 'else' })).id,
    });
    for (const one of [stranger, new Lorebox({ baseUrl: server.url, apiKey: key })]) {
      for (const call of [
        () => one.sources.get(id),
        () => one.sources.run(id),
        () => one.sources.cancel(id),
        () => one.sources.update(id, { name: 'mine' }),
        () => one.sources.delete(id, { keepDocuments: true }),
        async () => one.sources.runs(id).toArray(1),
        async () => one.sources.list('demo').toArray(1),
        () => one.sources.create('demo', input),
      ])
        await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const path = join(root, 'private');
    mkdirSync(path);
    const { key: bound } = await lorebox.apiKeys.create({ name: 'bound', scopes: ['*'], workspaceId: demo.id });
    for (const one of [owner, new Lorebox({ baseUrl: server.url, apiKey: bound })])
      await expect(one.sources.create('demo', { connector: 'folder', config: { path } })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    const { key: reader } = await lorebox.apiKeys.create({ name: 'reader', scopes: ['sources:read'] });
    const reading = new Lorebox({ baseUrl: server.url, apiKey: reader });
    expect((await reading.sources.connectors()).map((one) => one.id).sort()).toContain('website');
    await expect(reading.sources.run(id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('connectors describe their settings, and invalid settings are named', async () => {
    const connectors = await lorebox.sources.connectors();
    expect(connectors.map(({ id }) => id).sort()).toEqual([
      'confluence',
      'folder',
      'gitea',
      'github',
      'gitlab',
      'google-drive',
      'imap',
      'notion',
      'obsidian',
      'paperless',
      'rss',
      's3',
      'website',
      'youtube',
    ]);
    const imap = connectors.find(({ id }) => id === 'imap');
    expect(imap).toMatchObject({
      secrets: ['password'],
      configSchema: { properties: { password: { writeOnly: true } } },
    });
    await expect(lorebox.sources.create('demo', { connector: 'imap', config: { port: 'x' } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(/config\.host.*config\.port/),
    });
    await expect(lorebox.sources.create('demo', { connector: 'gopher', config: {} })).rejects.toMatchObject({
      message: expect.stringContaining('website'),
    });
  });
});
