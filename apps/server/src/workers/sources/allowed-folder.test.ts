import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { allowedFolder } from './allowed-folder.ts';

let base: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'allowed-')));
  for (const name of ['papers/deep', 'papers-2', 'data/blobs']) mkdirSync(join(base, name), { recursive: true });
  writeFileSync(join(base, 'papers', 'file'), '');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const ask = (path: string, roots = ['papers']) =>
  allowedFolder(
    path,
    roots.map((root) => join(base, root)),
    join(base, 'data'),
  );

it('allows a configured folder or a folder below it, by its real path', async () => {
  expect(await ask(join(base, 'papers'))).toBe(join(base, 'papers'));
  expect(await ask(`${join(base, 'papers', 'deep')}/../deep/`)).toBe(join(base, 'papers', 'deep'));
  symlinkSync(join(base, 'papers'), join(base, 'papers', 'self'));
  expect(await ask(join(base, 'papers', 'self', 'deep'))).toBe(join(base, 'papers', 'deep'));
});

it('rejects siblings, parents, links, files, relative paths and missing folders', async () => {
  symlinkSync('/etc', join(base, 'papers', 'etc'));
  const outside = ['papers-2', 'papers/..', 'papers/../data', 'papers/etc', 'papers/file', 'papers/none', 'papers\0'];
  for (const path of [...outside.map((one) => join(base, one)), 'papers', '/', '']) {
    await expect(ask(path), path).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  }
  await expect(ask(join(base, 'papers'), [])).rejects.toMatchObject({
    message: expect.stringContaining('LOREBOX_SOURCE_FOLDERS'),
  });
});

it('rejects folders with the data of the server', async () => {
  for (const path of ['.', 'data', 'data/blobs'])
    await expect(ask(join(base, path), ['.'])).rejects.toMatchObject({
      message: expect.stringContaining('data folder'),
    });
});
