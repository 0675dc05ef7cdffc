import { execFile, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Recreated on every run. Inside the package, so that its imports resolve. */
const SCRATCH = join(import.meta.dirname, '../.readme');
const TSC = join(import.meta.dirname, '../../../node_modules/.bin/tsc');
const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

let server: LoreboxProcess;
beforeAll(async () => {
  server = await startLorebox();
  rmSync(SCRATCH, { recursive: true, force: true });
  mkdirSync(SCRATCH);
});
afterAll(async () => {
  await server.dispose();
  rmSync(SCRATCH, { recursive: true, force: true });
});

/**
 * Joins the code blocks to one program: the first creates the client that the others use, the last is a webhook
 * receiver.
 */
function toProgram(): string {
  const code = [...README.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block = '']) =>
    block.replace('export async', 'async'),
  );
  const isImport = (line: string) => line.startsWith('import ');
  const imports = code.flatMap((block) => block.split('\n').filter(isImport));
  const [first = '', ...rest] = code.map((block) =>
    block
      .split('\n')
      .filter((line) => !isImport(line))
      .join('\n'),
  );
  const last = `${rest.pop()}\nconsole.log((await POST(webhook(0))).status, (await POST(webhook(-1000))).status);\n`;
  return [
    ...imports,
    "import { webhook } from './webhook.ts';",
    first.replace("'http://127.0.0.1:3001'", "process.env.LOREBOX_URL ?? ''"),
    ...[...rest, last].map((block) => `{\n${block}}`),
  ].join('\n');
}

/** Builds a request like the server's, with a timestamp some seconds from now. */
const WEBHOOK = `import { createHmac } from 'node:crypto';
export function webhook(seconds: number): Request {
  const payload = '{"type":"document.ready","timestamp":"2026-11-22T10:00:00.000Z","data":{}}';
  const time = String(Math.floor(Date.now() / 1000) + seconds);
  const key = Buffer.from((process.env.WEBHOOK_SECRET ?? '').slice(6), 'base64');
  const signature = createHmac('sha256', key).update(['msg_1', time, payload].join('.')).digest('base64');
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': 'v1,' + signature };
  return new Request('http://127.0.0.1/', { method: 'POST', body: payload, headers });
}
`;

it('the code in the README compiles and works as described', async () => {
  writeFileSync(join(SCRATCH, 'program.ts'), toProgram());
  writeFileSync(join(SCRATCH, 'webhook.ts'), WEBHOOK);
  const options = { extends: '../../../tsconfig.json', include: ['program.ts'] };
  writeFileSync(join(SCRATCH, 'tsconfig.json'), JSON.stringify(options));
  expect(spawnSync(TSC, ['-p', SCRATCH], { encoding: 'utf8' }).stdout).toBe('');

  const env = {
    ...process.env,
    LOREBOX_URL: server.url,
    LOREBOX_API_KEY: server.apiKey,
    WEBHOOK_SECRET: `whsec_${createHmac('sha256', 'readme').digest('base64')}`,
  };
  const cwd = join(import.meta.dirname, '..');
  const { stdout } = await promisify(execFile)(process.execPath, [join(SCRATCH, 'program.ts')], {
    env,
    cwd,
    timeout: 60_000,
  });
  expect(stdout).toContain('The lighthouse is 31 metres tall.');
  expect(stdout).toMatch(/\[1\] .*, characters 0 to \d+/);
  expect(stdout).toMatch(/\bstop \d+/);
  expect(stdout).toMatch(/NOT_FOUND 404 [0-9a-f-]{36}/);
  expect(stdout).toMatch(/'doc_\w+',\s+'doc_\w+'/);
  expect(stdout).toMatch(/Notes 200 [0-9a-f-]{36} null/);
  expect(stdout).toContain('document.ready 2026-11-22T10:00:00.000Z');
  expect(stdout.trim()).toMatch(/204 400$/);
});
