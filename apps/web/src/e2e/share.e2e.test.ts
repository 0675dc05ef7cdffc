import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AppUnderTest, addWorkspace, MISSING, picture, startApp } from './harness.ts';

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

it('a stranger reads a shared chat until the link is revoked, and can open no document', async () => {
  const { page } = await app.open(`/w/${workspace}`);
  await page.getByLabel('Your question').fill('When does the office open?');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Source 1/ }).waitFor();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Create a link' }).click();
  const link = await page.getByLabel('Link', { exact: true }).inputValue();

  const { page: stranger, complaints } = await app.openAsStranger(link);
  await stranger.getByRole('heading', { name: 'When does the office open?' }).waitFor();
  await stranger.getByRole('button', { name: /^Source 1/ }).hover();
  await stranger.getByText('Parking permits cost').or(stranger.getByText('opens at nine')).first().waitFor();
  expect(await stranger.getByText('Open in the document').count()).toBe(0);
  await picture(stranger, 'shared-chat');
  expect(complaints).toEqual([]);

  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('list', { name: 'Links to this chat' }).waitFor({ state: 'detached' });
  await stranger.reload();
  await stranger.getByText('This link does not work').waitFor();
});
