import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

const QUESTION = 'When does the office open?';

describe('a chat', () => {
  it('answers with a citation that opens the document at the marked words', async () => {
    const { page, complaints } = await app.open(`/w/${workspace}`);
    await page.getByLabel('Your question').fill(QUESTION);
    await page.keyboard.press('Enter');
    const chip = page.getByRole('button', { name: /^Source 1: Handbook/ });
    await chip.waitFor();
    await chip.hover();
    await page.getByText('Open in the document').waitFor();
    await chip.click();
    const mark = page.getByRole('region', { name: 'Document' }).locator('mark').first();
    await mark.waitFor();
    expect(await mark.textContent()).toContain('opens at nine');
    await picture(page, 'chat-citation');
    await page.keyboard.press('Escape');
    await mark.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('goes on when the page is reloaded, and in a second tab', async () => {
    app.ollama.delayMs = 60;
    const { page } = await app.open(`/w/${workspace}`);
    await page.getByLabel('Your question').fill('What does a parking permit cost?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.waitForURL(/\/t\/thr_/);
    const second = await page.context().newPage();
    await second.goto(page.url());
    await page.reload();
    for (const tab of [page, second]) {
      await tab
        .getByRole('button', { name: /^Source 1: Handbook/ })
        .first()
        .waitFor();
      await tab.getByRole('button', { name: 'Send' }).waitFor();
    }
    const texts = await Promise.all(
      [page, second].map((tab) => tab.getByRole('article', { name: 'Answer' }).textContent()),
    );
    expect(texts[0]).toBe(texts[1]);
    app.ollama.delayMs = 0;
  });

  it('stops on request and keeps what was written', async () => {
    app.ollama.delayMs = 200;
    const { page } = await app.open(`/w/${workspace}`);
    await page.getByLabel('Your question').fill('How many books does the library have?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped.').waitFor();
    app.ollama.delayMs = 0;
    await page.getByLabel('Your question').fill(QUESTION);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Source 1: Handbook/ }).waitFor();
  });

  it('keeps a draft over a reload', async () => {
    const { page } = await app.open(`/w/${workspace}`);
    await page.getByLabel('Your question').fill('An unfinished thought');
    await page.reload();
    expect(await page.getByLabel('Your question').inputValue()).toBe('An unfinished thought');
  });

  it('can be edited, answered again, branched, renamed, pinned and deleted with undo', async () => {
    const { page, complaints } = await app.open(`/w/${workspace}`);
    await page.getByLabel('Your question').fill(QUESTION);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Source 1/ }).waitFor();
    await page.getByRole('button', { name: 'Edit and ask again' }).click();
    await page.getByLabel('Edit your question').fill('What does a parking permit cost?');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByRole('article', { name: 'Question' }).getByText('parking permit').waitFor();
    await page.getByRole('button', { name: 'Answer again' }).click();
    app.ollama.delayMs = 60;
    await page.getByRole('menuitem', { name: 'Same model' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    app.ollama.delayMs = 0;
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await page.getByRole('button', { name: 'Good answer' }).click();
    await page.getByRole('button', { name: 'Good answer', pressed: true }).waitFor();
    const before = page.url();
    await page.getByRole('button', { name: 'Continue in a new chat' }).click();
    await page.waitForURL((url) => url.href !== before);
    await page.getByRole('article', { name: 'Answer' }).waitFor();
    await page.getByRole('button', { name: 'How this answer was made' }).click();
    await page.getByRole('dialog').getByText('Context window').waitFor();
    await picture(page, 'answer-details');
    await page.getByRole('button', { name: 'Close', exact: true }).click();

    const list = page.getByRole('region', { name: 'Chats' });
    await list
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByLabel('Name of the chat').fill('Garage rules');
    await page.keyboard.press('Enter');
    await list.getByRole('link', { name: 'Garage rules' }).waitFor();
    await list.getByRole('button', { name: 'Actions for “Garage rules”' }).click();
    await page.getByRole('menuitem', { name: 'Pin' }).click();
    await list.getByLabel('Pinned').waitFor();
    await list.getByRole('button', { name: 'Actions for “Garage rules”' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await list.getByRole('link', { name: 'Garage rules' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await list.getByRole('link', { name: 'Garage rules' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
