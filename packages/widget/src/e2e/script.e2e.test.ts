import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { MISSING, startWebSite, type WebSite } from './site.ts';

const MAX_GZIP_BYTES = 40_000;
let site: WebSite;

beforeAll(async () => {
  if (!MISSING) site = await startWebSite();
});
afterAll(() => site?.close());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

it('is small, cached, and checked with its tag', async () => {
  const get = (headers: Record<string, string> = {}) => fetch(`${site.server.url}/embed/widget.js`, { headers });
  const first = await get();
  expect(first.headers.get('content-type')).toMatch('text/javascript');
  expect(first.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(first.headers.get('cache-control')).toContain('max-age=');
  const script = await first.text();
  expect(gzipSync(script).length).toBeLessThan(MAX_GZIP_BYTES);
  const etag = first.headers.get('etag') ?? '';
  const again = await get({ 'if-none-match': `"other", ${etag}` });
  expect(again.status).toBe(304);
  const plain = await get({ 'accept-encoding': 'identity', 'if-none-match': etag });
  expect(plain.status).toBe(200);
  expect(await plain.text()).toBe(script);
  const alias = await fetch(`${site.server.url}/embed/anythingllm-chat-widget.min.js`);
  expect(await alias.text()).toBe(script);
});

it('never parses text as HTML', async () => {
  const script = await (await fetch(`${site.server.url}/embed/widget.js`)).text();
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/);
});

/** Bundles a page with React, as a website that uses the component does. */
async function bundle(): Promise<string> {
  const page = join(import.meta.dirname, 'react-page.tsx');
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Tests run in development, whose elements React's production build doesn't know.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: { write: false, lib: { entry: page, formats: ['iife'], name: 'Page', fileName: () => 'page.js' } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

it('is a React component, too', async () => {
  const { page, complaints } = await site.open({ body: '<div id="root"></div>' });
  const props = { widgetId: site.widget.id, baseUrl: site.server.url, title: 'Ada' };
  await page.evaluate((value) => Object.assign(globalThis, { widgetProps: value }), props);
  await page.addScriptTag({ content: await bundle() });
  expect(complaints).toEqual([]);
  await page.getByRole('button', { name: 'Open the chat' }).click();
  await page.getByRole('dialog', { name: 'Ada' }).waitFor();
  await page.getByLabel('Your question').fill('When does the office open?');
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: /^Source 1/ })
    .first()
    .waitFor();
  await page.evaluate(() => (globalThis as unknown as { removeWidget(): void }).removeWidget());
  await expect.poll(() => page.locator('lorebox-widget').count()).toBe(0);
  expect(complaints).toEqual([]);
});
