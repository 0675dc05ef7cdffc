import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folder } from './folder.ts';
import { watchFolder } from './watch-folder.ts';

const host = { folder: async (path: string) => realpathSync(path) };

testConnector('folder', async () => {
  const path = mkdtempSync(join(tmpdir(), 'folder-'));
  return {
    connector: folder,
    config: { path },
    host,
    site: null,
    put: (name, text) => writeFileSync(join(path, name), text),
    remove: (name) => rmSync(join(path, name)),
    wrong: null,
    close: () => rmSync(path, { recursive: true, force: true }),
  };
});

describe('a folder', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'folder-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  it('is read recursively, without hidden, excluded or outside files', async () => {
    mkdirSync(join(path, 'a', 'deep'), { recursive: true });
    mkdirSync(join(path, '.git'));
    for (const name of ['a/one.md', 'a/deep/two.TXT', 'a/three.log', '.git/config', '.hidden', 'b.md'])
      writeFileSync(join(path, name), name);
    symlinkSync('/etc/hostname', join(path, 'outside.md'));
    symlinkSync('/etc', join(path, 'folder.md'));
    symlinkSync(join(path, 'b.md'), join(path, 'inside.md'));
    symlinkSync(join(path, 'nowhere'), join(path, 'dangling.md'));
    symlinkSync(path, join(path, 'a', 'circle'));
    const harness = new ConnectorHarness(folder, { path, include: ['*.md', '**/*.txt'], exclude: ['b.md'] }, host);
    const { failed, isFull } = await harness.sync();
    expect([...harness.items.keys()].sort()).toEqual(['a/deep/two.TXT', 'a/one.md', 'inside.md']);
    expect(failed.map(({ externalId }) => externalId)).toEqual(['outside.md']);
    expect(isFull).toBe(true);
  });

  it('removes nothing when a subfolder is unreadable or the disk is gone', async () => {
    mkdirSync(join(path, 'a'));
    writeFileSync(join(path, 'a', 'one.md'), 'one');
    const harness = new ConnectorHarness(folder, { path }, host);
    await harness.sync();
    if (process.getuid?.() !== 0) {
      chmodSync(join(path, 'a'), 0);
      expect((await harness.sync()).removed).toEqual([]);
      chmodSync(join(path, 'a'), 0o755);
    }
    rmSync(path, { recursive: true });
    await expect(harness.sync()).rejects.toThrow();
    mkdirSync(join(path, '..', 'another-one'), { recursive: true });
    mkdirSync(path);
    await expect(harness.sync()).rejects.toMatchObject({ message: expect.stringContaining('mounted') });
    expect(harness.items.size).toBe(1);
  });

  it('reports changes at any depth', async () => {
    mkdirSync(join(path, 'a', 'deep'), { recursive: true });
    let changes = 0;
    const stop = watchFolder(path, () => {
      changes += 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const name of ['b.md', 'a/deep/c.md']) {
      changes = 0;
      writeFileSync(join(path, name), 'text');
      await expect.poll(() => changes).toBeGreaterThan(0);
    }
    mkdirSync(join(path, 'later'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    changes = 0;
    writeFileSync(join(path, 'later', 'd.md'), 'text');
    await expect.poll(() => changes).toBeGreaterThan(0);
    stop();
  });
});
