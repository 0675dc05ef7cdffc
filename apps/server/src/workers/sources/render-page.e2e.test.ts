import { existsSync } from 'node:fs';
import { type FakeSite, startFakeSite } from '@lorebox/testkit/fake-site';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from './render-page.ts';

const CHROMIUM = process.env.LOREBOX_CHROMIUM ?? '/usr/bin/chromium';
const MISSING = existsSync(CHROMIUM) ? null : `needs Chromium: ${CHROMIUM} is missing (set LOREBOX_CHROMIUM)`;

let site: FakeSite;
let inside: FakeSite;

beforeAll(async () => {
  inside = await startFakeSite(() => ({
    headers: { 'access-control-allow-origin': '*' },
    body: 'a secret of the house',
  }));
  site = await startFakeSite(({ url }) => {
    if (url.pathname === '/data.json') return { json: { text: 'Made by a script.' } };
    const port = new URL(inside.url).port;
    return {
      headers: { 'content-type': 'text/html' },
      body: `<!doctype html><body><p id="mine"></p><p id="theirs"></p><img src="http://localhost:${port}/image"><script>
        fetch('/data.json').then((r) => r.json()).then(({ text }) => { mine.textContent = text; });
        fetch('http://localhost:${port}/').then((r) => r.text()).then((text) => { theirs.textContent = text; });
      </script>`,
    };
  });
});
afterAll(async () => {
  await site.close();
  await inside.close();
});

describe('a page rendered in a browser', () => {
  const options = (chromium: string | null = CHROMIUM) => ({
    chromium,
    hasSandbox: true,
    allow: ['127.0.0.1:*'],
    signal: AbortSignal.timeout(60_000),
  });

  it('contains the output of its scripts, which cannot reach private addresses', async (context) => {
    if (MISSING) return context.skip(MISSING);
    const html = await renderPage(`${site.url}/app`, options());
    expect(html).toContain('Made by a script.');
    expect(html).not.toContain('a secret of the house');
    expect(inside.requests).toEqual([]);
  });

  it('is rejected like any other private address, and reports a missing browser', async () => {
    await expect(renderPage(`http://localhost:${new URL(inside.url).port}/`, options())).rejects.toMatchObject({
      code: 'URL_REFUSED',
    });
    await expect(renderPage('file:///etc/passwd', options())).rejects.toMatchObject({ code: 'URL_REFUSED' });
    for (const chromium of [null, '/nowhere/chromium'])
      await expect(renderPage(site.url, options(chromium))).rejects.toMatchObject({
        code: 'SOURCE_REFUSED',
        message: expect.stringContaining('LOREBOX_CHROMIUM'),
      });
  });

  it('is closed when the sync run is aborted', async (context) => {
    if (MISSING) return context.skip(MISSING);
    const cut = new AbortController();
    setTimeout(() => cut.abort(new Error('cut')), 50);
    await expect(renderPage(site.url, { ...options(), signal: cut.signal })).rejects.toThrow();
  });
});
