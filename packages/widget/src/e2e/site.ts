import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Widget } from '@lorebox/contract/widget';
import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.LOREBOX_CHROMIUM ?? '/usr/bin/chromium';
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
const SCRIPT = join(import.meta.dirname, '../../dist/widget.js.gz');

/** What the tests of the widget need and this machine lacks, or null. */
export const MISSING = !existsSync(CHROMIUM)
  ? `needs Chromium: ${CHROMIUM} is missing (set LOREBOX_CHROMIUM)`
  : existsSync(SCRIPT)
    ? null
    : 'needs the built widget: run npm run build:web';

interface SitePage {
  /** HTML after the heading of the page. */
  body: string;
  policy?: string;
  lang?: string;
}

export interface WebSite {
  server: LoreboxProcess;
  lorebox: Lorebox;
  ollama: FakeOllama;
  /** Origin of the website, which is not that of the server. */
  origin: string;
  widget: Widget;
  /** Only scripts and requests of the server, and no styles at all. */
  strictPolicy: string;
  /** Opens a page of the website in a new browser profile. */
  open(site: SitePage, options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>;
  close(): Promise<void>;
}

/** Starts a server with a model double and a searchable text, and a website on another port. */
export async function startWebSite(): Promise<WebSite> {
  const ollama = await startFakeOllama();
  const server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url } });
  const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'Demo' });
  const text = 'The office opens at nine in the morning and closes at six in the evening.';
  const { documents } = await lorebox.documents.importTexts('demo', [
    { title: 'Handbook <img src=x onerror=__xss()>', text },
  ]);
  await lorebox.documents.waitUntilReady(documents.map(({ id }) => id));
  let shown: SitePage = { body: '' };
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (shown.policy) response.setHeader('content-security-policy', shown.policy);
    response.end(
      `<!doctype html><html lang="${shown.lang ?? 'en'}"><head><meta name="viewport" content="width=device-width"><title>Shop</title></head><body><main><h1>Shop</h1><p>Welcome.</p></main>${shown.body}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const widget = await lorebox.widgets.create('demo', { name: 'Shop', allowedOrigins: [origin] });
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  return {
    server,
    lorebox,
    ollama,
    origin,
    widget,
    strictPolicy: `default-src 'none'; script-src ${server.url}; connect-src ${server.url}; style-src 'none'`,
    async open(page, options = {}) {
      shown = page;
      const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: 'en-US', ...options });
      const opened = await context.newPage();
      const complaints: string[] = [];
      opened.on('pageerror', (error) => complaints.push(error.message));
      opened.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await opened.goto(`${origin}/`);
      return { page: opened, complaints };
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => site.close(resolve));
      await server.dispose();
      await ollama.close();
    },
  };
}
