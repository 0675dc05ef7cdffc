import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type BenchServer, startServer } from '../../load/bench-server.ts';
import { type Doubles, startDoubles } from '../../load/doubles.ts';
import { HttpClient } from '../../load/http-client.ts';

const CHROMIUM = process.env.LOREBOX_CHROMIUM ?? '/usr/bin/chromium';
const ADMIN = { username: 'ada', password: 'correct horse battery' };

export interface BrowserSession {
  server: BenchServer;
  ollama: FakeOllama;
  browser: Browser;
  /** Port of the DevTools protocol. */
  port: number;
  /** Calls procedures as the user of the browser. */
  user: HttpClient;
  context: BrowserContext;
  open(path: string): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a server with doubles and a browser that is signed in. */
export async function openBrowser(): Promise<BrowserSession> {
  if (!existsSync(CHROMIUM)) throw new Error(`Needs Chromium: ${CHROMIUM} is missing (set LOREBOX_CHROMIUM).`);
  const ollama = await startFakeOllama();
  const doubles: Doubles = await startDoubles();
  const server = await startServer({
    env: {
      ...doubles.embedder,
      LOREBOX_OLLAMA_URL: ollama.url,
      LOREBOX_ADMIN_USERNAME: ADMIN.username,
      LOREBOX_ADMIN_PASSWORD: ADMIN.password,
    },
  });
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', `--remote-debugging-port=${port}`],
  });
  const { sessionToken } = await server.http.mutate<{ sessionToken: string }>('auth.login', ADMIN);
  const context = await browser.newContext({ baseURL: server.lorebox.url, viewport: { width: 1280, height: 860 } });
  await context.addInitScript({ path: join(import.meta.dirname, 'in-page.js') });
  const page = await context.newPage();
  await page.goto('/login');
  await page.locator('input[autocomplete=username]').fill(ADMIN.username);
  await page.locator('input[autocomplete=current-password]').fill(ADMIN.password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  await page.close();
  return {
    server,
    ollama,
    browser,
    port,
    user: new HttpClient(server.lorebox.url, sessionToken),
    context,
    async open(path) {
      const opened = await context.newPage();
      await opened.goto(path);
      return opened;
    },
    async close() {
      await browser.close();
      await server.dispose();
      doubles.close();
      await ollama.close();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
