import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { lintPackage } from '@lorebox/testkit/package-lint';
import { fetchPackage, type PackedPackage, packAndInstall } from '@lorebox/testkit/packed-package';
import { fetchRuntime, RUNTIMES } from '@lorebox/testkit/runtimes';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForBrowser, gzipSize } from './bundle.ts';
import type { Seen } from './consumer/acceptance.ts';
import { servePage } from './page.ts';

const run = promisify(execFile);
const PACKAGE = join(import.meta.dirname, '..');
const DEPENDENCIES = ['@trpc/client', '@trpc/server', 'eventsource-parser', 'superjson'];
const MAX_CORE_KB = 15;
/** Required by tRPC's own declarations. */
const OLDEST_TYPESCRIPT = '5.7.2';
const CHROMIUM = process.env.LOREBOX_CHROMIUM ?? '/usr/bin/chromium';

let packed: PackedPackage;
beforeAll(() => {
  packed = packAndInstall(PACKAGE, ['@types/node@22']);
  cpSync(join(PACKAGE, 'test/consumer'), packed.project, { recursive: true });
});
afterAll(() => packed?.dispose());

describe('the tarball', () => {
  it('contains only code and docs, and depends only on tRPC, superjson and an event stream parser', () => {
    const folder = join(packed.project, 'node_modules/@lorebox/sdk');
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(Object.keys(manifest.dependencies)).toEqual(DEPENDENCIES);
    expect(manifest.peerDependencies).toBeUndefined();
    expect(manifest.sideEffects).toBe(false);
    expect(manifest.exports['.']).toEqual({ types: './dist/index.d.ts', default: './dist/index.js' });
    for (const file of ['README.md', 'LICENSE']) expect(existsSync(join(folder, file)), file).toBe(true);
    for (const file of ['index.js', 'index.d.ts', 'webhooks.js', 'webhooks.d.ts']) {
      const imports = readFileSync(join(folder, 'dist', file), 'utf8').matchAll(/(?:from|import\() ?["']([^"']+)["']/g);
      for (const [, specifier] of imports) expect([...DEPENDENCIES, './verify-webhook.js']).toContain(specifier);
    }
  });

  it('satisfies publint, and its types resolve like its code', async () => {
    expect(await lintPackage(packed.tarball)).toEqual([]);
  });

  it(`is smaller than ${MAX_CORE_KB} kB without its dependencies, as its README says`, async () => {
    const write = (name: string, specifier: string) =>
      writeFileSync(join(packed.project, name), `import * as all from '${specifier}';\nglobalThis.all = all;\n`);
    write('all.js', '@lorebox/sdk');
    write('webhooks.js', '@lorebox/sdk/webhooks');
    const core = gzipSize(await bundleForBrowser(packed.project, 'all.js', DEPENDENCIES));
    const whole = gzipSize(await bundleForBrowser(packed.project, 'all.js'));
    const webhooks = gzipSize(await bundleForBrowser(packed.project, 'webhooks.js'));
    process.stdout.write(
      `@lorebox/sdk, minified and gzipped: ${core} kB; ${whole} kB with its dependencies; webhooks ${webhooks} kB\n`,
    );
    expect(core).toBeLessThan(MAX_CORE_KB);
    const claimed = [...readFileSync(join(PACKAGE, 'README.md'), 'utf8').matchAll(/([\d.]+) kB/g)].map(([, kb]) =>
      Number(kb),
    );
    expect(claimed).toHaveLength(3);
    for (const [i, size] of [core, whole, webhooks].entries()) {
      expect(size).toBeLessThanOrEqual(claimed[i] ?? 0);
      expect(size).toBeGreaterThan(0.7 * (claimed[i] ?? 0));
    }
  });

  it('works with require in CommonJS programs', async () => {
    const program =
      "const { Lorebox } = require('@lorebox/sdk'); const { verifyWebhook } = require('@lorebox/sdk/webhooks');\n" +
      "console.log(new Lorebox({ baseUrl: 'http://host', apiKey: null }).baseUrl, typeof verifyWebhook);\n";
    writeFileSync(join(packed.project, 'program.cjs'), program);
    const { stdout, stderr } = await run(process.execPath, ['program.cjs'], { cwd: packed.project });
    expect(stdout).toBe('http://host function\n');
    expect(stderr).toBe('');
  });

  it('leaves out unused imports', async () => {
    writeFileSync(
      join(packed.project, 'little.js'),
      "import { NotFoundError } from '@lorebox/sdk';\nconsole.log(NotFoundError);\n",
    );
    expect(gzipSize(await bundleForBrowser(packed.project, 'little.js', DEPENDENCIES))).toBeLessThan(1);
  });
});

describe('its types', () => {
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    allowImportingTsExtensions: true,
    target: 'es2022',
  };
  const PLACES = {
    node: [{ module: 'nodenext', types: ['node'] }, ['main.ts', 'acceptance.ts']],
    browser: [
      { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'esnext.disposable', 'dom'], types: [] },
      ['acceptance.ts', 'browser.ts'],
    ],
  } as const;

  it.for(['current', OLDEST_TYPESCRIPT])('work with TypeScript %s', async (version, context) => {
    const compiler =
      version === 'current' ? join(packed.project, 'node_modules/typescript') : fetchPackage('typescript', version);
    if (compiler === null) return context.skip(`needs typescript@${version} from the npm registry`);
    for (const [place, [more, include]] of Object.entries(PLACES)) {
      const config = `tsconfig.${place}.json`;
      writeFileSync(
        join(packed.project, config),
        JSON.stringify({ compilerOptions: { ...options, ...more }, include }),
      );
      const check = run(process.execPath, [join(compiler, 'bin/tsc'), '-p', config], { cwd: packed.project });
      expect(await check.catch(({ stdout }) => ({ stdout })), place).toMatchObject({ stdout: '' });
    }
  });
});

describe('the acceptance program', () => {
  let ollama: FakeOllama;
  let server: LoreboxProcess;
  beforeAll(async () => {
    ollama = await startFakeOllama({ delayMs: 20 });
    server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url } });
  });
  afterAll(async () => {
    await server?.dispose();
    await ollama?.close();
  });

  it.for(RUNTIMES)('runs on $name', async (runtime, context) => {
    const found = fetchRuntime(runtime);
    if ('missing' in found) return context.skip(found.missing);
    const env = { ...process.env, LOREBOX_URL: server.url, LOREBOX_API_KEY: server.apiKey, RUNTIME: runtime.name };
    const program = run(found.path, [...runtime.args, 'main.ts'], { cwd: packed.project, env, timeout: 90_000 });
    const { path, ...seen } = JSON.parse((await program).stdout) as Seen & { path: string };
    expectAccepted(seen);
    expect(seen.progress.at(-1)?.totalBytes).toBeNull();
    expect(path).toBe('path.txt');
  });

  it('runs in Chromium, as a bundle', async (context) => {
    if (!existsSync(CHROMIUM)) return context.skip(`needs Chromium: ${CHROMIUM} is missing (set LOREBOX_CHROMIUM)`);
    const page = await servePage(await bundleForBrowser(packed.project, 'browser.ts'), server.url);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const tab = await browser.newPage();
      await tab.goto(page.url);
      await tab.waitForFunction('typeof runAcceptance === "function"');
      const call = `runAcceptance('Acceptance in Chromium', location.origin, ${JSON.stringify(server.apiKey)})`;
      const seen = (await tab.evaluate(call)) as Seen;
      expectAccepted(seen);
      expect(seen.progress.at(-1)?.totalBytes).toBe(77); // a page knows the size because it has buffered the stream
    } finally {
      await browser.close();
      page.close();
    }
  });
});

function expectAccepted({ progress, seqs, ...seen }: Seen): void {
  expect(seen).toEqual({
    text: expect.stringContaining('31 meters'),
    resumedFrom: expect.any(Number),
    citations: [expect.stringContaining('31 meters')],
    titles: ['cape.txt', 'harbour.txt'],
    isDate: true,
    error: { isTyped: true, code: 'NOT_FOUND', status: 404, hasRequestId: true },
    response: { status: 200, contentType: 'application/json', hasRequestId: true },
    abortReason: 'mine',
    webhook: { title: '{"title":"Cape ✓"}', forged: 'no-match' },
  });
  expect(progress.at(-1)?.sentBytes).toBe(77);
  expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  expect(seqs.length).toBeGreaterThan(seen.resumedFrom);
}
