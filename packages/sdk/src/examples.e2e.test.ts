import { execFile, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { type FakeWebsite, startFakeWebsite } from '@lorebox/testkit/sources/fake-website';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lorebox } from './index.ts';

const SOURCES = globSync('{client,answer-stream,page-list,resources/*}.ts', { cwd: import.meta.dirname });
/** Recreated on every run. Inside the package, so that its imports resolve. */
const SCRATCH = join(import.meta.dirname, '../.examples');
const TSC = join(import.meta.dirname, '../../../node_modules/.bin/tsc');

interface Method {
  name: string;
  example: string | null;
}

/** Returns the public methods of the SDK's classes with the example in their docstring. */
function methodsOf(file: string): Method[] {
  const source = readFileSync(join(import.meta.dirname, file), 'utf8');
  const method = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\n {2}(?:async )?\*?(\w+)(?:<\w+>)?\((?:[^)]*)\)?/g;
  return [...source.matchAll(method)].flatMap(([, comment, name]) => {
    if (name === undefined || ['constructor', 'function', 'then'].includes(name)) return [];
    const example = /@example\n([\s\S]*?)\s*\*\/$/.exec(comment ?? '')?.[1]?.replace(/^\s*\* ?/gm, '') ?? null;
    return [{ name: `${file.replace(/^.*\/|\.ts$/g, '')}.${name}`, example }];
  });
}

const methods = SOURCES.flatMap(methodsOf);

const PREAMBLE = `import { Lorebox } from '../src/index.ts';
const lorebox = new Lorebox({ baseUrl: process.env.LOREBOX_URL ?? '', apiKey: process.env.LOREBOX_API_KEY ?? '' });
const documentId: string = process.env.EXAMPLE_DOCUMENT ?? '';
const threadId: string = process.env.EXAMPLE_THREAD ?? '';
const receiverUrl: string = process.env.EXAMPLE_RECEIVER ?? '';
const siteUrl: string = process.env.EXAMPLE_SITE ?? '';
let failed = 0;
async function run(name: string, example: () => Promise<void>): Promise<void> {
  try {
    await example();
  } catch (error) {
    failed += 1;
    console.error('EXAMPLE FAILED', name, error);
  }
}
void [documentId, threadId, receiverUrl, siteUrl];
`;

let server: LoreboxProcess;
let site: FakeWebsite;

beforeAll(async () => {
  server = await startLorebox({ env: { LOREBOX_FETCH_ALLOW: 'localhost:*' } });
  site = await startFakeWebsite();
  site.pages.set('/tides', '<title>Tides</title><p>The tide turns twice a day.</p>');
  rmSync(SCRATCH, { recursive: true, force: true });
  mkdirSync(SCRATCH);
  const blocks = methods.map(({ name, example }) => `await run('${name}', async () => {\n${example ?? ''}\n});\n`);
  writeFileSync(join(SCRATCH, 'examples.ts'), `${PREAMBLE}${blocks.join('')}process.exit(failed === 0 ? 0 : 1);\n`);
  const options = {
    extends: '../../../tsconfig.json',
    compilerOptions: { noUnusedLocals: false },
    include: ['examples.ts'],
  };
  writeFileSync(join(SCRATCH, 'tsconfig.json'), JSON.stringify(options));
});
afterAll(async () => {
  await server.dispose();
  await site.close();
  rmSync(SCRATCH, { recursive: true, force: true });
});

describe('the docstrings', () => {
  it('have an example for every public method', () => {
    expect(methods.length).toBeGreaterThan(40);
    expect(methods.filter(({ example }) => example === null).map(({ name }) => name)).toEqual([]);
  });

  it('have examples that compile', () => {
    const { stdout, status } = spawnSync(TSC, ['-p', SCRATCH], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('have examples that run', async () => {
    const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
    await lorebox.workspaces.create({ name: 'demo' });
    await lorebox.documents.importTexts('demo', [{ title: 'Capes', text: 'The lighthouse is 31 meters tall.' }]);
    await lorebox.documents.waitUntilIdle('demo');
    const [document] = await lorebox.documents.list('demo').toArray(1);
    const { id: threadId } = await lorebox.threads.create('demo');
    const env = {
      ...process.env,
      LOREBOX_URL: server.url,
      LOREBOX_API_KEY: server.apiKey,
      EXAMPLE_DOCUMENT: document?.id,
      EXAMPLE_THREAD: threadId,
      // Nothing listens there, so deliveries fail, which the examples tolerate.
      EXAMPLE_RECEIVER: 'http://localhost:9/',
      EXAMPLE_SITE: site.url.replace('127.0.0.1', 'localhost'),
    };
    const script = promisify(execFile)(process.execPath, [join(SCRATCH, 'examples.ts')], { env, timeout: 60_000 });
    const { stdout: output } = await script;
    expect(output).toContain('URL_REFUSED');
    expect(output).toContain('The lighthouse is 31 meters tall.');
  });
});
