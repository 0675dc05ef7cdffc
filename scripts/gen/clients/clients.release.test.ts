import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { missingGo } from '../../../packages/testkit/src/go-toolchain.ts';
import { preparePythonSdk } from '../../../packages/testkit/src/python-environment.ts';
import { makeGo } from './make-go.ts';
import { makePython } from './make-python.ts';
import type { RestDocument } from './operations.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ADVICE = 'is out of date: run `node scripts/gen/clients.ts` and check it in';
const document = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8')) as RestDocument;
const scratch = mkdtempSync(join(tmpdir(), 'clients-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function expectSame(files: string[], made: string, kept: string): void {
  for (const file of files) {
    const isSame = readFileSync(join(made, file), 'utf8') === readFileSync(join(ROOT, kept, file), 'utf8');
    expect(isSame, `${kept}/${file} ${ADVICE}`).toBe(true);
  }
}

describe('the checked-in clients match docs/openapi.json', () => {
  it('in Python', (context) => {
    const python = preparePythonSdk();
    if (typeof python === 'string') return context.skip(python);
    const folder = join(scratch, 'python');
    makePython(document, python, folder);
    const files = ['models.py', 'resources.py', 'async_resources.py'];
    expectSame(files, folder, 'packages/sdk-python/src/lorebox/_generated');
  });

  it('in Go', (context) => {
    const missing = missingGo();
    if (missing) return context.skip(missing);
    const folder = join(scratch, 'go');
    makeGo(document, folder);
    expectSame(['types.gen.go', 'operations.gen.go'], folder, 'packages/sdk-go');
  });
});
