import { existsSync } from 'node:fs';
import { Lorebox, LoreboxError } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CHROMIUM = process.env.LOREBOX_CHROMIUM ?? '/usr/bin/chromium';
const MISSING = existsSync(CHROMIUM) ? null : `needs Chromium: ${CHROMIUM} is missing (set LOREBOX_CHROMIUM)`;
const QUIET = ['--disable-background-networking', '--disable-component-update', '--no-first-run'];

let server: LoreboxProcess;
let browser: Browser;

beforeAll(async () => {
  if (MISSING) return;
  server = await startLorebox({ env: { LOREBOX_API_KEY: '' } });
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', ...QUIET] });
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Opens a new browser context and collects page errors, such as policy violations and failed requests. */
async function visit(url: string): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

async function fillIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create admin' }).click();
}

const setupLink = () => /http\S+\/setup#token=\S+/.exec(server.output())?.[0] ?? '';

describe('the setup page', () => {
  it('is announced on the start page and by the server', async (context) => {
    if (MISSING) return context.skip(MISSING);
    expect(setupLink()).toContain(server.url);
    const { page, complaints } = await visit(server.url);
    expect(await page.textContent('main')).toContain('open the setup link');
    expect(complaints).toEqual([]);
  });

  it("explains a wrong token, and uses the browser's field validation", async (context) => {
    if (MISSING) return context.skip(MISSING);
    const { page } = await visit(`${server.url}/setup#token=wrong-token-wrong-token-wrong-token-wrong-t`);
    await fillIn(page, 'root', 'short');
    expect(await page.locator('input:invalid').count()).toBe(1);
    await fillIn(page, 'root', 'correct horse');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('Invalid setup link');
    expect(await page.getByRole('button').isEnabled()).toBe(true);
    expect(await page.locator('#done-part').isVisible()).toBe(false);
  });

  it('creates the first admin and an API key that works', async (context) => {
    if (MISSING) return context.skip(MISSING);
    const { page, complaints } = await visit(setupLink());
    await fillIn(page, 'root', 'correct horse');
    await page.getByRole('heading', { name: 'Ready' }).waitFor();
    if (process.env.LOREBOX_TEST_SCREENSHOT) await page.screenshot({ path: process.env.LOREBOX_TEST_SCREENSHOT });
    const apiKey = (await page.textContent('#key')) ?? '';
    expect(apiKey).toMatch(/^lbx_/);
    const commands = (await page.textContent('#commands'))?.split('\n');
    expect(commands?.slice(0, 2)).toEqual([`export LOREBOX_URL=${server.url}`, `export LOREBOX_API_KEY=${apiKey}`]);
    await page.getByRole('button', { name: 'Copy key' }).click();
    expect(page.url()).toBe(`${server.url}/setup`); // the token is removed from the address and the history
    expect(complaints).toEqual([]);

    const lorebox = new Lorebox({ baseUrl: server.url, apiKey });
    expect((await lorebox.api.workspaces.create.mutate({ name: 'First' })).slug).toBe('first');
    const { items } = await lorebox.api.users.list.query({});
    expect(items.map(({ username, role }) => [username, role])).toEqual([['root', 'admin']]);
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax' }]);
  });

  it('works once, and afterwards the start page says that the server is running', async (context) => {
    if (MISSING) return context.skip(MISSING);
    const { page } = await visit(setupLink());
    await fillIn(page, 'eve', 'correct horse');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('Setup is already complete');
    const anonymous = new Lorebox({ baseUrl: server.url });
    const second = anonymous.call(() =>
      anonymous.api.auth.login.mutate({ username: 'eve', password: 'correct horse' }),
    );
    await expect(second).rejects.toBeInstanceOf(LoreboxError);

    const start = await visit(server.url);
    expect(await start.page.textContent('main')).toContain('Lorebox is running');
    expect(start.complaints).toEqual([]);
  });
});
