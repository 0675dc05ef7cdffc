import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AppUnderTest, addWorkspace, MISSING, signIn, startApp } from './harness.ts';

let app: AppUnderTest;
let workspace: string;

beforeAll(async () => {
  if (MISSING) return;
  app = await startApp();
  workspace = await addWorkspace(app, 'Handbook');
  await app.call('workspaces.create', { name: 'Secret' });
});
afterAll(() => app?.close());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

async function openAs(role: 'viewer' | 'editor' | 'owner') {
  const account = { username: `the-${role}`, password: 'a long enough phrase' };
  const { id } = await app.call<{ id: string }>('users.create', { ...account, role: 'member' });
  await app.call('workspaces.setMember', { workspace, userId: id, role });
  const { page } = await app.openAsStranger('/login');
  await signIn(page, account);
  await page.goto(`/w/${workspace}/documents`);
  await page.getByRole('link', { name: 'Handbook' }).waitFor();
  return page;
}

it('a viewer asks and reads, and is offered nothing else', async () => {
  const page = await openAs('viewer');
  expect(await page.getByRole('button', { name: 'Add files' }).count()).toBe(0);
  expect(await page.getByRole('checkbox').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Workspace settings' }).count()).toBe(0);
  await page.getByRole('link', { name: 'New chat' }).click();
  await page.getByLabel('Your question').fill('When does the office open?');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Source 1/ }).click();
  await page.getByRole('tab', { name: 'Chunks' }).click();
  await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
  expect(await page.getByRole('button', { name: 'Leave out' }).count()).toBe(0);
  await page.getByRole('button', { name: 'the-viewer' }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Administration' }).count()).toBe(0);
  await page.goto('/w/secret');
  await page.getByRole('alert').getByText('not found, or you don').first().waitFor();
});

it('an editor changes documents, and an owner settings and members', async () => {
  const editor = await openAs('editor');
  await editor.getByRole('button', { name: 'Add files' }).waitFor();
  await editor.getByRole('link', { name: 'Workspace settings' }).click();
  await editor.getByRole('button', { name: 'Measure now' }).waitFor();
  expect(await editor.getByRole('tab', { name: 'Members' }).count()).toBe(0);
  const owner = await openAs('owner');
  await owner.getByRole('link', { name: 'Workspace settings' }).click();
  await owner.getByRole('tab', { name: 'Members' }).click();
  await owner.getByText('the-editor').waitFor();
});
