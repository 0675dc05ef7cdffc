import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFile, readDetails } from './open-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lorebox-open-'));
  writeFileSync(join(folder, 'a.txt'), 'text');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('reads a path', async () => {
  expect(await openFile({ path: join(folder, 'a.txt') })).toMatchObject({ name: 'a.txt', data: expect.any(Blob) });
});

it('names the path of a missing file and of a directory', async () => {
  const missing = join(folder, 'missing.txt');
  await expect(openFile({ path: missing })).rejects.toMatchObject({
    ...{ message: `Can't read "${missing}": no such file.`, code: 'ENOENT', path: missing },
  });
  await expect(openFile({ path: folder })).rejects.toMatchObject({
    ...{ message: `Can't read "${folder}": it is a directory. Pass the files in it.`, code: 'EISDIR', path: folder },
  });
});

it('reads the details of each file', () => {
  expect(readDetails({ path: 'a.txt' })).toEqual({});
  const details = { externalId: 'a', title: 'A', relativePath: 'x/a.txt', metadata: { year: 1 } };
  expect(readDetails({ name: 'a.txt', data: new Blob([]), ...details })).toEqual(details);
  const picked = Object.assign(new File([], 'a.txt'), { webkitRelativePath: 'x/a.txt' });
  expect(readDetails(picked)).toEqual({ relativePath: 'x/a.txt' });
});
