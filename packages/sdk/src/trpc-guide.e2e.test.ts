import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Lorebox } from './index.ts';

/** Inside the package, so that its imports resolve. */
const SCRATCH = join(import.meta.dirname, '../.trpc-guide');
const GUIDE = readFileSync(join(import.meta.dirname, '../../../docs/how-to/trpc.md'), 'utf8');

let server: LoreboxProcess;
beforeAll(async () => {
  server = await startLorebox();
  const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
  const { documents } = await lorebox.documents.importTexts('demo', [
    { title: 'Writer', text: 'There is one writer thread because SQLite takes one write at a time.' },
  ]);
  await lorebox.documents.waitUntilReady(documents.map(({ id }) => id));
  rmSync(SCRATCH, { recursive: true, force: true });
  mkdirSync(SCRATCH);
});
afterAll(async () => {
  await server.dispose();
  rmSync(SCRATCH, { recursive: true, force: true });
});

it('the programs in the tRPC guide run', async () => {
  const programs = [...GUIDE.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) =>
    code.replace('@lorebox/sdk', '../src/index.ts').replaceAll('127.0.0.1:3001', new URL(server.url).host),
  );
  const outputs = await Promise.all(
    programs.map(async (program, i) => {
      const file = join(SCRATCH, `${i}.ts`);
      writeFileSync(file, program);
      const env = { ...process.env, LOREBOX_API_KEY: server.apiKey };
      return (await promisify(execFile)(process.execPath, [file], { env, timeout: 60_000 })).stdout;
    }),
  );
  expect(outputs[0]).toMatch(/demo \d{4}-\d\d-\d\dT/);
  expect(outputs[1]).toContain('one writer thread');
});
