import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ADMIN, type AppUnderTest, addWorkspace, MISSING, signIn, startApp } from './harness.ts';

let app: AppUnderTest;
let workspace: string;

beforeAll(async () => {
  if (MISSING) return;
  app = await startApp();
  workspace = await addWorkspace(app, 'Handbook');
});
afterAll(() => app?.close());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

it('a session that ends leads to the sign-in and back to the page', async () => {
  const { page } = await app.open(`/w/${workspace}/documents`);
  await page.getByRole('link', { name: 'Handbook' }).waitFor();
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'New chat' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, ADMIN);
  await page.waitForURL(`**/w/${workspace}*`);
  await page.getByLabel('Your question').waitFor();
});

it('signing out deletes what the browser keeps', async () => {
  const { page } = await app.open(`/w/${workspace}`);
  await page.getByLabel('Your question').fill('A draft that nobody else should see');
  await page.getByRole('button', { name: ADMIN.username }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('nobody else');
  await page.goto(`/w/${workspace}`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

it('a slow server does not take the page away while it is used', async () => {
  const { page } = await app.open(`/w/${workspace}`);
  await page.getByLabel('Your question').waitFor();
  // The session is checked again after a minute; the answer takes longer than the router waits before it says so.
  await page.clock.install();
  await page.clock.fastForward('02:00');
  await page.route('**/trpc/**auth.me**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await route.continue().catch(() => {});
  });
  await page.evaluate(() => document.querySelector('nav')?.setAttribute('data-mark', 'same'));
  await page.getByRole('link', { name: 'Documents' }).click();
  await page.getByRole('link', { name: 'Handbook' }).waitFor();
  expect(await page.locator('nav[data-mark=same]').count()).toBe(1);
});
