import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lintPackage } from '@lorebox/testkit/package-lint';
import { type PackedPackage, packAndInstall } from '@lorebox/testkit/packed-package';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PACKAGE = join(import.meta.dirname, '..');

let packed: PackedPackage;
beforeAll(() => {
  packed = packAndInstall(PACKAGE, ['@types/node@22']);
});
afterAll(() => packed?.dispose());

it('the packed package satisfies publint, and its types resolve like its code', async () => {
  expect(await lintPackage(packed.tarball)).toEqual([]);
});

it('the README program compiles and runs with it', async () => {
  const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: packed.project });
  const [, program] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(PACKAGE, 'README.md'), 'utf8')) ?? [];
  const ask =
    "for (const path of ['/v1/books/7', '/v1/books/x', '/openapi.json']) {\n  const response = await app.request(path);\n  console.log(response.status, JSON.stringify(await response.json()));\n}\n";
  writeFileSync(join(packed.project, 'main.ts'), `${program}${ask}`);
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', types: ['node'], skipLibCheck: false };
  writeFileSync(join(packed.project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.ts'] }));
  const check = run('node_modules/typescript/bin/tsc', '-p', '.');
  expect(await check.catch(({ stdout }) => ({ stdout }))).toMatchObject({ stdout: '' });

  const { stdout } = await run('main.ts');
  const [found, refused, document] = stdout.split('\n');
  expect(found).toMatch(/^200 \{"id":7,"title":"A book","published":"\d{4}-[^"]+Z"\}$/);
  expect(refused).toMatch(/^500 \{.*"code":"BAD_REQUEST"/);
  expect(document).toMatch(/^200 \{"openapi":"3\.1\.\d".*"\/books\/\{id\}"/);
});
