import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppUnderTest, addWorkspace, MISSING, picture, signIn, startApp } from './harness.ts';

const PASSWORD = 'another sound phrase';
let app: AppUnderTest;

beforeAll(async () => {
  if (MISSING) return;
  app = await startApp({ env: { LOREBOX_FETCH_ALLOW: 'localhost:*,127.0.0.1:*' } });
  await addWorkspace(app, 'Handbook');
});
afterAll(() => app?.close());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

const actionsOf = (page: Page, name: string) => page.getByRole('button', { name: `Actions for “${name}”` });

describe('users', () => {
  it('are created, get workspaces and another role, and are suspended and deleted', async () => {
    const { page, complaints } = await app.open('/admin/users');
    await page.getByRole('button', { name: 'New user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Username').fill('grace');
    await dialog.getByLabel('Password').fill('password123');
    await dialog.getByRole('button', { name: 'Create' }).click();
    expect(await dialog.getByRole('alert').textContent()).toMatch(/common/i);
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.waitFor({ state: 'detached' });
    await actionsOf(page, 'grace').click();
    await page.getByRole('menuitem', { name: 'Workspaces' }).click();
    await dialog.getByRole('button', { name: 'Add' }).click();
    await dialog.getByLabel('Role in Handbook').selectOption('editor');
    await expect.poll(() => dialog.getByLabel('Role in Handbook').inputValue()).toBe('editor');
    await picture(page, 'admin-memberships');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await actionsOf(page, 'grace').click();
    await page.getByRole('menuitem', { name: 'Change role' }).click();
    await dialog.getByLabel('Role').selectOption('manager');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'grace' });
    await row.getByText('Manager').waitFor();
    await actionsOf(page, 'grace').click();
    await page.getByRole('menuitem', { name: 'Suspend' }).click();
    await row.getByText('Suspended').waitFor();
    await actionsOf(page, 'grace').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await row.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});

describe('invites', () => {
  it('lead a stranger to their workspace, once', async () => {
    const { page } = await app.open('/admin/invites');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByRole('checkbox', { name: 'Handbook' }).check();
    await page.getByRole('button', { name: 'Create a link' }).click();
    const link = new URL(await page.getByRole('textbox', { name: 'Invite link' }).inputValue());
    await page.getByRole('button', { name: 'Done' }).click();
    const guest = await app.openAsStranger(link.pathname);
    await guest.page.getByRole('heading', { name: 'ada invites you' }).waitFor();
    await guest.page.getByText('Handbook').waitFor();
    await picture(guest.page, 'invite');
    expect(await violationsOn(guest.page)).toEqual([]);
    await guest.page.getByLabel('Username').fill('linus');
    await guest.page.getByLabel('Password').fill(PASSWORD);
    await guest.page.getByRole('button', { name: 'Create account' }).click();
    await guest.page.waitForURL(/\/w\/handbook/);
    // Members have no administration.
    await guest.page.goto('/admin/users');
    await guest.page.waitForURL(/\/w\/handbook/);
    expect(guest.complaints).toEqual([]);
    const late = await app.openAsStranger(link.pathname);
    await late.page.getByRole('heading', { name: 'This invite does not work' }).waitFor();
    await page.reload();
    await page.getByText('Accepted by linus').waitFor();
  });

  it('are made by managers, but not for admins', async () => {
    await app.call('users.create', { username: 'maria', password: PASSWORD, role: 'manager' });
    const { page } = await app.openAsStranger('/login?next=/admin/invites');
    await signIn(page, { username: 'maria', password: PASSWORD });
    const nav = page.getByRole('navigation', { name: 'Administration' });
    await nav.getByRole('link', { name: 'Usage' }).waitFor();
    expect(await nav.getByRole('link').allTextContents()).toEqual([
      'Overview',
      'Users',
      'Invites',
      'Workspaces',
      'Usage',
    ]);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const roles = page.getByRole('dialog').getByLabel('Role').locator('option');
    expect(await roles.allTextContents()).toHaveLength(2);
    await page.goto('/admin/settings');
    await page.waitForURL(/\/admin$/);
  });
});

describe('models', () => {
  it('are tested', async () => {
    const { page, complaints } = await app.open('/admin/models');
    await page.getByRole('button', { name: 'Test', exact: true }).first().click();
    await page.getByText(/^Works: first word after/).waitFor();
    await picture(page, 'admin-models');
    await page.getByLabel('Default model', { exact: true }).selectOption('extractive');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Saved').first().waitFor();
    await page.getByRole('button', { name: 'Reset “Default model”' }).click();
    await expect.poll(() => page.getByLabel('Default model', { exact: true }).inputValue()).toBe('');
    expect(complaints).toEqual([]);
  });

  it('of a server that is set in the app can be used, and its key is never shown', async () => {
    const { page } = await app.open('/admin/models');
    const url = `${app.ollama.url}/v1`;
    await page.getByLabel('Address').fill('http://10.0.0.1/v1');
    await page.getByLabel('API key').fill('sk-planted-secret');
    const save = page.getByRole('button', { name: 'Save' }).last();
    await save.click();
    await page.getByText(/is a private address/).waitFor();
    await page.getByLabel('Address').fill(url);
    await page.getByRole('switch', { name: 'Workspaces may use its models' }).click();
    await save.click();
    await page.getByRole('button', { name: 'Remove server' }).waitFor();
    expect(await page.content()).not.toContain('sk-planted-secret');
    const { url: stored, hasApiKey } = await app.read<{ url: string; hasApiKey: boolean }>('models.server');
    expect([stored, hasApiKey]).toEqual([url, true]);
    await page.getByRole('button', { name: 'Remove server' }).click();
    await expect.poll(() => page.getByLabel('Address').inputValue()).toBe('');
  });
});

describe('webhooks', () => {
  it('are created, tested, rotated and deleted', async () => {
    const { page, complaints } = await app.open('/admin/webhooks');
    const url = `${app.ollama.url}/hook`;
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByLabel('Address').fill(url);
    await page.getByRole('switch', { name: /All events/ }).click();
    await page.getByRole('checkbox', { name: 'document.deleted' }).uncheck();
    await page.getByRole('button', { name: 'Create' }).click();
    expect(await page.getByRole('textbox', { name: 'Signing secret' }).inputValue()).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'Done' }).click();
    await actionsOf(page, url).click();
    await page.getByRole('menuitem', { name: 'Send a test event' }).click();
    await page
      .getByText(/HTTP \d+|no response/)
      .first()
      .waitFor();
    await picture(page, 'admin-webhooks');
    await actionsOf(page, url).click();
    await page.getByRole('menuitem', { name: 'Send past events again' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText(/events? queued/).waitFor();
    await actionsOf(page, url).click();
    await page.getByRole('menuitem', { name: 'Rotate the secret' }).click();
    await page.getByRole('textbox', { name: 'Signing secret' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await actionsOf(page, url).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No webhooks yet').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('logs', () => {
  it('show new events by themselves', async () => {
    const { page } = await app.open('/admin/events');
    await page.getByText('document.ready').nth(1).waitFor();
    await page.getByRole('combobox', { name: 'Event' }).selectOption('workspace.created');
    await page.getByText('Handbook · Handbook').waitFor();
    await app.call('workspaces.create', { name: 'Later' });
    await page.getByText('Later · Later').waitFor();
  });

  it('of audit entries are filtered and exported', async () => {
    const { page } = await app.open('/admin/audit');
    await page.getByLabel('Action').selectOption('login.succeeded');
    await page.getByRole('listitem').filter({ hasText: 'login.succeeded' }).first().click();
    await page.getByText('Address').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    expect((await download).suggestedFilename()).toMatch(/^audit-.*\.ndjson$/);
  });
});

describe('branding', () => {
  it('changes the name, colors, logo, texts and links at once', async () => {
    const { page, complaints } = await app.open('/admin/branding');
    await page.getByLabel('Name of the installation', { exact: true }).fill('Acme Docs');
    await page.getByLabel('Welcome text', { exact: true }).fill('Ask about <b>our</b> handbook.');
    await page.getByRole('button', { name: 'Add a link' }).click();
    await page.getByLabel('Label', { exact: true }).fill('Imprint');
    await page.getByLabel('Address').fill('https://acme.example/imprint');
    await page.getByLabel('On light pages', { exact: true }).fill('#aa3300');
    await page.getByText('Light pages', { exact: true }).click();
    await page.getByLabel('--page').first().fill('url(https://evil.example)');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/Use a color such as/)
      .first()
      .waitFor();
    await page.getByLabel('--page').first().fill('#fffaf0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Acme Docs' }).waitFor();
    const color = (name: string) =>
      page.evaluate((variable) => document.documentElement.style.getPropertyValue(variable), name);
    expect([await color('--accent'), await color('--accent-ink'), await color('--page')]).toEqual([
      '#aa3300',
      '#ffffff',
      '#fffaf0',
    ]);
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script><path d="M0 0h9v9z"/></svg>';
    await page
      .getByTestId('logo')
      .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
    const logo = page.getByRole('img', { name: 'The current logo' });
    await expect.poll(() => logo.getAttribute('src')).toMatch(/^\/branding\/logo\?v=/);
    await picture(page, 'admin-branding');
    const response = await page.request.get((await logo.getAttribute('src')) ?? '');
    expect(await response.text()).not.toMatch(/script|onload/);
    expect(response.headers()['content-security-policy']).toContain('sandbox');
    await page.goto('/w/handbook');
    await page.getByText('Ask about <b>our</b> handbook.').waitFor();
    expect(complaints).toEqual([]);
    const stranger = await app.openAsStranger('/login', { colorScheme: 'dark' });
    await stranger.page.getByText('Acme Docs').waitFor();
    const link = stranger.page.getByRole('link', { name: 'Imprint' });
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      'https://acme.example/imprint',
      'noopener noreferrer',
    ]);
    expect(stranger.complaints).toEqual([]);
    await app.call('settings.update', {
      appName: null,
      accentColor: null,
      themeVariables: null,
      welcomeText: null,
      footerLinks: null,
    });
  });
});

it('the command palette leads to each page', async () => {
  const { page } = await app.open('/w/handbook');
  await page.getByLabel('Your question').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Workspace, chat or page').fill('audit');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/admin\/audit$/);
});

it('settings are changed and reset', async () => {
  const { page } = await app.open('/admin/settings');
  const days = page.getByLabel('Days to keep the audit log', { exact: true });
  const initial = await days.inputValue();
  await days.fill('12');
  await page.getByLabel('Chat models', { exact: true }).fill('ollama:*\n\nextractive');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').first().waitFor();
  await page.reload();
  await expect.poll(() => days.inputValue()).toBe('12');
  expect(await page.getByLabel('Chat models', { exact: true }).inputValue()).toBe('ollama:*\nextractive');
  await page.getByRole('button', { name: 'Reset “Days to keep the audit log”' }).click();
  await expect.poll(() => days.inputValue()).toBe(initial);
  await page.getByRole('button', { name: 'Reset “Chat models”' }).click();
});

describe.each([
  ['light', 1280],
  ['dark', 390],
] as const)('pages in %s at %i px', (colorScheme, width) => {
  it('have no accessibility violations and do not scroll sideways', async () => {
    const { page } = await app.open('/w/handbook', { colorScheme, viewport: { width, height: 860 } });
    await page.getByLabel('Your question').fill('When does the office open?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Source 1/ }).waitFor();
    const found: string[] = [];
    const paths = 'users invites workspaces usage models keys webhooks events audit branding settings'.split(' ');
    for (const path of ['', ...paths]) {
      await page.goto(`/admin/${path}`);
      await page.getByRole('navigation', { name: 'Administration' }).waitFor();
      await page.waitForLoadState('networkidle');
      await picture(page, `admin-${path || 'overview'}-${colorScheme}`);
      found.push(...(await violationsOn(page)).map((violation) => `${path}: ${violation}`));
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      if (isWide) found.push(`${path}: scrolls sideways`);
    }
    expect(found).toEqual([]);
  });
});
