import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AppUnderTest, addWorkspace, MISSING, picture, startApp } from './harness.ts';

const SITE = 'https://shop.example';
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

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** Asks as a visitor of the website. */
async function visit(widgetId: string, question: string): Promise<void> {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${app.server.url}/embed/${widgetId}/${path}`, {
      method: 'POST',
      headers: { origin: SITE, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const { secret } = (await (await post('session', { visitor: 'Ada' })).json()) as { secret: string };
  await (await post('ask', { question }, { 'x-widget-session': secret })).text();
}

it('makes a widget, previews it, and shows what visitors asked', async () => {
  const { page, complaints } = await app.open(`/w/${workspace}/settings`);
  await page.getByRole('tab', { name: 'Widgets' }).click();
  await page.getByLabel('Name of a new widget').fill('Website');
  await page.getByRole('button', { name: 'New widget' }).click();
  const preview = page.frameLocator('iframe');
  await preview.getByRole('dialog', { name: 'Ask us' }).waitFor();
  await page.getByLabel('Title').fill('Help desk');
  await preview.getByRole('heading', { name: 'Help desk' }).waitFor();
  await page.getByLabel('Suggested questions').fill('When do you open?');
  await preview.getByRole('button', { name: 'When do you open?' }).click();
  await preview.getByRole('button', { name: 'Source 1: One of your documents' }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await picture(page, 'widget-settings');

  await page.getByLabel('Allowed websites').fill('shop.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('must be an origin such as https://example.com').first().waitFor();
  await page.getByLabel('Allowed websites').fill(`${SITE}/`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => page.getByLabel('Allowed websites').inputValue()).toBe(SITE);

  await page.getByRole('tab', { name: 'Add to a website' }).click();
  const script = (await page.getByRole('region', { name: 'Script tag' }).textContent()) ?? '';
  const widgetId = /data-widget="([^"]+)"/.exec(script)?.[1] ?? '';
  expect(script).toContain(`src="${app.server.url}/embed/widget.js"`);
  expect(await violationsOn(page)).toEqual([]);

  await visit(widgetId, 'When does the office open?');
  await page.getByRole('tab', { name: 'Conversations' }).click();
  await page.getByRole('button', { name: /When does the office open.*Ada/ }).click();
  await page.getByRole('dialog').getByText('nine in the morning').first().waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toMatch(/^conversations-.*\.ndjson$/);

  await page.getByRole('tab', { name: 'Settings' }).last().click();
  await page.getByRole('button', { name: 'Delete widget' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByLabel('Name of a new widget').waitFor();
  expect(await page.getByText('Website', { exact: true }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
