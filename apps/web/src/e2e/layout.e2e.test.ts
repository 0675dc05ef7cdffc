import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, type AppUnderTest, addWorkspace, LAN_HOST, MISSING, picture, signIn, startApp } from './harness.ts';

let app: AppUnderTest;
let workspace: string;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

beforeAll(async () => {
  if (MISSING) return;
  app = await startApp();
  workspace = await addWorkspace(app, 'Handbook');
});
afterAll(() => app?.close());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

describe('on a phone', () => {
  it('asks, opens a citation over the chat, and never scrolls sideways', async () => {
    const { page } = await app.open(`/w/${workspace}`, PHONE);
    const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    await page.getByLabel('Your question').fill('When does the office open?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: /^Source 1/ }).click();
    await page.locator('mark').first().waitFor();
    await picture(page, 'phone-viewer');
    expect(await isTooWide()).toBe(false);
    await page.getByRole('button', { name: 'Close document' }).click();
    await picture(page, 'phone-chat');
    await page.getByRole('button', { name: 'Open menu' }).click();
    await picture(page, 'phone-menu');
    await page.getByRole('link', { name: 'Documents' }).click();
    await page.getByRole('link', { name: 'Handbook' }).waitFor();
    await picture(page, 'phone-documents');
    expect(await isTooWide()).toBe(false);
    for (const path of ['/search?q=parking', '/settings', `/w/${workspace}/settings`]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await isTooWide(), path).toBe(false);
    }
  });
});

describe('in Arabic', () => {
  it('runs from right to left, and keeps the choice', async () => {
    const { page } = await app.open('/settings');
    await page.getByLabel('Language').selectOption('ar');
    await expect.poll(() => page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.reload();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.goto(`/w/${workspace}`);
    const [sidebar, content] = [page.getByRole('navigation').first(), page.locator('main')];
    const boxes = [await sidebar.boundingBox(), await content.boundingBox()];
    expect(boxes[0]?.x).toBeGreaterThan(boxes[1]?.x ?? 0);
    await picture(page, 'arabic-chat');
    await page.goto(`/w/${workspace}/documents`);
    await page.getByRole('link', { name: 'Handbook' }).waitFor();
    await picture(page, 'arabic-documents');
    await page.goto('/settings');
    await page.locator('main select').first().selectOption('en');
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    // Another browser signs in with the stored choice.
    const second = await app.open('/settings');
    await second.page.getByRole('heading', { name: 'Your account' }).waitFor();
  });
});

describe('over http in a local network', () => {
  it('signs in, asks, attaches a file and copies an answer', async () => {
    const { port } = new URL(app.server.url);
    const origin = `http://${LAN_HOST}:${port}`;
    const { page } = await app.openAsStranger(`${origin}/login?next=/w/${workspace}`);
    await signIn(page, ADMIN);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await page.getByLabel('Your question').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'bus.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('The bus leaves at seven.'),
    });
    await page.getByRole('list', { name: 'Attachments' }).getByText('bus.txt').waitFor();
    await page.getByLabel('Your question').fill('When does the bus leave?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: /^Source 1: bus/ }).waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).last().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
  });
});

describe('without a network', () => {
  it('shows earlier chats, keeps a question and sends it once', async () => {
    const { page } = await app.open(`/w/${workspace}`);
    await page.getByLabel('Your question').fill('When does the office open?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Source 1/ }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    // The app and what was read are written to the browser's storage shortly after.
    await expect
      .poll(() => page.evaluate(async () => (await (await caches.open('lorebox-app')).keys()).length))
      .toBeGreaterThan(20);
    await expect.poll(() => page.evaluate(storedQueries)).toContainEqual(expect.stringContaining('threads.messages'));
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText('You are offline.').waitFor();
    await page.getByRole('article', { name: 'Answer' }).getByText('nine in the morning').waitFor();
    await picture(page, 'offline');
    const { total } = await messageCount();
    await page.getByLabel('Your question').fill('What does a parking permit cost?');
    await page.keyboard.press('Enter');
    await page.getByText('Waits for the network').waitFor();
    await page.context().setOffline(false);
    await page.getByText('Waits for the network').waitFor({ state: 'detached' });
    await expect.poll(async () => (await messageCount()).total).toBe(total + 2);

    async function messageCount() {
      const threadId = new URL(page.url()).pathname.split('/').at(-1);
      const response = await fetch(
        `${app.server.url}/trpc/threads.messages?input=${encodeURIComponent(JSON.stringify({ json: { threadId, limit: 200 } }))}`,
        {
          headers: { cookie: (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') },
        },
      );
      const body = (await response.json()) as { result: { data: { json: { items: unknown[] } } } };
      return { total: body.result.data.json.items.length };
    }
  });
});

/** Runs in the page. */
function storedQueries(): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open('lorebox');
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const keys = open.result.transaction('queries').objectStore('queries').getAllKeys();
      keys.onsuccess = () => resolve(keys.result.map(String));
    };
  });
}
