import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingGo, runGo } from '@lorebox/testkit/go-toolchain';
import { type NpmTools, prepareNpm } from '@lorebox/testkit/npm-tools';
import { preparePython } from '@lorebox/testkit/python-environment';
import { runProgram } from '@lorebox/testkit/run-program';
import { afterAll, describe, expect, it } from 'vitest';

const DOCUMENT = join(import.meta.dirname, '../../../../docs/openapi.json');
const GO_GENERATOR = 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2';
const GO_RUNTIME = 'github.com/oapi-codegen/runtime@v1.8.0';
const COMPILER = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'];

const npm = prepareNpm('document', {
  '@seriousme/openapi-schema-validator': '2.11.0',
  'openapi-typescript': '7.13.0',
  '@hey-api/openapi-ts': '0.99.0',
  typescript: '5.9.3',
});
const python = preparePython(join(import.meta.dirname, 'requirements-document.txt'));
const scratch = mkdtempSync(join(tmpdir(), 'document-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Returns the document with an error in it. */
function brokenDocument(): string {
  const document = JSON.parse(readFileSync(DOCUMENT, 'utf8'));
  document.paths['/status'].get.responses['200'].content = 'none';
  const file = join(scratch, 'broken.json');
  writeFileSync(file, JSON.stringify(document));
  return file;
}

describe('docs/openapi.json', () => {
  it('is valid according to @seriousme/openapi-schema-validator', (context) => {
    if (typeof npm === 'string') return context.skip(npm);
    const validate = (file: string) => runProgram(npm.program('validate-api'), [file], scratch);
    expect(validate(DOCUMENT)).toContain('"valid": true');
    expect(() => validate(brokenDocument())).toThrow('status');
  });

  it('is valid according to openapi-spec-validator', (context) => {
    if (typeof python === 'string') return context.skip(python);
    const validate = (file: string) => runProgram(python.python, ['-m', 'openapi_spec_validator', file], scratch);
    expect(validate(DOCUMENT)).toContain('OK');
    expect(() => validate(brokenDocument())).toThrow('none');
  });
});

describe('generated clients compile', () => {
  it('openapi-typescript', (context) => {
    if (typeof npm === 'string') return context.skip(npm);
    const folder = folderFor('openapi-typescript', npm);
    runProgram(npm.program('openapi-typescript'), [DOCUMENT, '-o', join(folder, 'schema.d.ts')], folder);
    const use = `import type { components, operations } from './schema.js';
export const name = (event: components['schemas']['AnswerEvent']): string => {
  switch (event.type) {
    case 'text-delta': return event.text;
    case 'answer-end': return String(event.citations[0]?.externalId);
    default: return event.answerId;
  }
};
export const page: operations['workspacesList']['responses']['200']['content']['application/json']['items'] = [];
`;
    writeFileSync(join(folder, 'use.ts'), use);
    runProgram(npm.program('tsc'), [...COMPILER, 'use.ts', 'schema.d.ts'], folder);
    writeFileSync(join(folder, 'use.ts'), use.replace('event.text', 'event.citations'));
    expect(() => runProgram(npm.program('tsc'), [...COMPILER, 'use.ts', 'schema.d.ts'], folder)).toThrow('citations');
  });

  it('@hey-api/openapi-ts', (context) => {
    if (typeof npm === 'string') return context.skip(npm);
    const folder = folderFor('hey-api', npm);
    runProgram(npm.program('openapi-ts'), ['-i', DOCUMENT, '-o', join(folder, 'client'), '--silent'], folder);
    const use = `import { workspacesCreate, workspacesList } from './client/index';
export const slugs = async (): Promise<string[]> => {
  const made = await workspacesCreate({ body: { name: 'x' } });
  const { data } = await workspacesList({ query: { limit: 10 } });
  return [made.data?.slug ?? '', ...(data?.items.map(({ slug }) => slug) ?? [])];
};
`;
    writeFileSync(join(folder, 'use.ts'), use);
    const bundler = [
      ...COMPILER.slice(0, -1),
      'esnext',
      '--moduleResolution',
      'bundler',
      '--lib',
      'es2022,dom,dom.iterable',
    ];
    runProgram(npm.program('tsc'), [...bundler, 'use.ts'], folder);
  });

  it('openapi-python-client', (context) => {
    if (typeof python === 'string') return context.skip(python);
    const client = join(scratch, 'python_client');
    const args = ['generate', '--path', DOCUMENT, '--meta', 'none', '--output-path', client];
    runProgram(python.program('openapi-python-client'), args, scratch);
    runProgram(python.python, ['-m', 'compileall', '-q', client], scratch);
    const use = `from python_client.api.chat import chat_watch
from python_client.models import AnswerEndEvent, Workspace
print(chat_watch._get_kwargs("ans_1")["url"], AnswerEndEvent.__name__, Workspace.__name__)`;
    expect(runProgram(python.python, ['-c', use], scratch)).toContain('/answers/ans_1/events AnswerEndEvent Workspace');
  });

  it('oapi-codegen', (context) => {
    const missing = missingGo();
    if (missing) return context.skip(missing);
    const folder = join(scratch, 'go');
    mkdirSync(folder);
    runGo(folder, ['mod', 'init', 'example.com/client']);
    const args = ['run', GO_GENERATOR, '-generate', 'types,client', '-package', 'client', '-o', 'client.go', DOCUMENT];
    runGo(folder, args);
    runGo(folder, ['get', GO_RUNTIME]);
    runGo(folder, ['vet', './...']);
    expect(readFileSync(join(folder, 'client.go'), 'utf8')).toContain('func (t AnswerEvent) AsTextDeltaEvent()');
  });
});

/** Creates a folder in which the packages of the tools resolve. */
function folderFor(name: string, { folder }: NpmTools): string {
  const inside = mkdtempSync(join(folder, `${name}-`));
  made.push(inside);
  return inside;
}
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});
