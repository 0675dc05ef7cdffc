import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppUnderTest, HANDBOOK, MISSING, picture, startApp } from './harness.ts';

let app: AppUnderTest;
let folder: string;

beforeAll(async () => {
  if (MISSING) return;
  app = await startApp({ env: { LOREBOX_ADMIN_USERNAME: '', LOREBOX_ADMIN_PASSWORD: '', LOREBOX_API_KEY: '' } });
  folder = mkdtempSync(join(tmpdir(), 'lorebox-first-run-'));
  writeFileSync(join(folder, 'handbook.md'), HANDBOOK);
});
afterAll(() => app?.close());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

const setupLink = () => /\/setup#token=\S+/.exec(app.server.output())?.[0] ?? '';

describe('the first run', () => {
  it('says what to do while there is no admin', async () => {
    const { page } = await app.openAsStranger('/');
    await page.getByText('Open the setup link').waitFor();
  });

  it('explains a wrong setup link', async () => {
    const { page } = await app.openAsStranger('/setup#token=wrong-token-wrong-token-wrong-token-wrong-t');
    await page.getByLabel('Username').fill('root');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Create admin' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Invalid setup link');
  });

  it('leads from the setup link to a cited answer with the keyboard alone', async () => {
    const { page, complaints } = await app.openAsStranger(setupLink());
    await page.getByLabel('Username').focus();
    await page.keyboard.type('root');
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse');
    await page.keyboard.press('Enter');
    await page.getByText('Questions are answered by').waitFor();
    expect(page.url()).not.toContain('token');
    await picture(page, 'first-run-model');
    await tabTo('Continue');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name').focus();
    await page.keyboard.press('Enter');
    await page.getByText('No documents yet').waitFor();
    // The file dialog belongs to the system, so the test hands over the file.
    const chooser = page.waitForEvent('filechooser');
    await tabTo('Add files');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(join(folder, 'handbook.md'));
    await page.getByText('1 searchable').waitFor();
    await tabTo('New chat');
    await page.keyboard.press('Enter');
    await page.getByLabel('Your question').waitFor();
    await page.getByLabel('Your question').focus();
    await page.keyboard.type('When does the office open?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Source 1/ }).waitFor();
    await page.getByRole('button', { name: /^Source 1/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Document' }).locator('mark').first().waitFor();
    await expect
      .poll(() => page.locator('[aria-live=polite]').allTextContents())
      .toContainEqual(expect.stringContaining('opens at nine'));
    expect(complaints).toEqual([]);

    async function tabTo(name: string): Promise<void> {
      for (let i = 0; i < 40; i += 1) {
        const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
        if (focused === name) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${name} can't be reached with the Tab key`);
    }
  });
});
