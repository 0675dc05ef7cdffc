import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxOptions, type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.LOREBOX_CHROMIUM ?? '/usr/bin/chromium';
const DIST = join(import.meta.dirname, '../../dist/index.html');
/** A host whose pages are not trusted like those of localhost: no secure context, as on http://192.168.1.5. */
export const LAN_HOST = 'lorebox.test';
const ARGS = [
  `--host-resolver-rules=MAP ${LAN_HOST} 127.0.0.1`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** What the tests of the app need and this machine lacks, or null. */
export const MISSING = !existsSync(CHROMIUM)
  ? `needs Chromium: ${CHROMIUM} is missing (set LOREBOX_CHROMIUM)`
  : existsSync(DIST)
    ? null
    : 'needs the built web app: run npm run build:web';

export const ADMIN = { username: 'ada', password: 'correct horse battery' };

export interface AppUnderTest {
  server: LoreboxProcess;
  ollama: FakeOllama;
  browser: Browser;
  /** Opens the app in a new browser profile, signed in as the admin. */
  open(path?: string, options?: BrowserContextOptions): Promise<OpenPage>;
  /** Opens a page in a new browser profile without signing in. */
  openAsStranger(path: string, options?: BrowserContextOptions): Promise<OpenPage>;
  /** Calls a procedure as the admin. */
  call<T>(procedure: string, input: unknown): Promise<T>;
  /** Reads a procedure without input as the admin. */
  read<T>(procedure: string): Promise<T>;
  close(): Promise<void>;
}

interface OpenPage {
  page: Page;
  /** Errors of the page: exceptions, failed requests to other servers, and violations of the policy. */
  complaints: string[];
}

export const HANDBOOK = [
  'The office opens at nine in the morning and closes at six in the evening.',
  'Parking permits cost 45 euros per month and are valid for one car.',
  'The library has 12,400 books, and members may borrow five of them at a time.',
].join('\n\n');

/** Starts the server with a model double and an admin. */
export async function startApp(options: LoreboxOptions = {}): Promise<AppUnderTest> {
  const ollama = await startFakeOllama();
  const server = await startLorebox({
    ...options,
    env: {
      LOREBOX_OLLAMA_URL: ollama.url,
      LOREBOX_ADMIN_USERNAME: ADMIN.username,
      LOREBOX_ADMIN_PASSWORD: ADMIN.password,
      ...options.env,
    },
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });

  async function openPage(path: string, contextOptions: BrowserContextOptions): Promise<OpenPage> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      baseURL: server.url,
      locale: 'en-US',
      ...contextOptions,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/content security policy|refused to/i.test(message.text())) complaints.push(message.text());
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!/^(?:data|blob):/.test(url) && !url.startsWith(server.url)) complaints.push(`foreign request: ${url}`);
    });
    await page.goto(path);
    return { page, complaints };
  }

  async function call<T>(procedure: string, input: unknown, isQuery = false): Promise<T> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.apiKey}` };
    const isRead = isQuery || /\.(?:list|get|summary|messages|details|text)$/.test(procedure);
    const body = JSON.stringify({ json: input });
    const response = isRead
      ? await fetch(`${server.url}/trpc/${procedure}?input=${encodeURIComponent(body)}`, { headers })
      : await fetch(`${server.url}/trpc/${procedure}`, { method: 'POST', headers, body });
    const parsed = (await response.json()) as { result?: { data: { json: T } }; error?: { json: { message: string } } };
    if (!parsed.result) throw new Error(`${procedure}: ${parsed.error?.json.message}`);
    return parsed.result.data.json;
  }

  return {
    server,
    ollama,
    browser,
    call,
    read: (procedure) => call(procedure, undefined, true),
    openAsStranger: (path, contextOptions = {}) => openPage(path, contextOptions),
    async open(path = '/', contextOptions = {}) {
      const opened = await openPage(`/login?next=${encodeURIComponent(path)}`, contextOptions);
      await signIn(opened.page, ADMIN);
      return opened;
    },
    async close() {
      await browser.close();
      await server.dispose();
      await ollama.close();
    },
  };
}

export async function signIn(page: Page, { username, password }: typeof ADMIN): Promise<void> {
  await page.locator('input[autocomplete=username]').fill(username);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

/** A workspace with one searchable text. Returns its slug. */
export async function addWorkspace(app: AppUnderTest, name: string, text = HANDBOOK): Promise<string> {
  const { slug } = await app.call<{ slug: string }>('workspaces.create', { name });
  await app.call('documents.importTexts', { workspace: slug, items: [{ title: 'Handbook', text }] });
  await waitUntilRead(app, slug);
  return slug;
}

export async function waitUntilRead(app: AppUnderTest, workspace: string): Promise<void> {
  for (;;) {
    const { processing } = await app.call<{ processing: number }>('documents.summary', { workspace });
    if (processing === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Writes a picture of the page if LOREBOX_TEST_SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.LOREBOX_TEST_SCREENSHOTS;
  if (folder) writeFileSync(join(folder, `${name}.png`), await page.screenshot());
}
