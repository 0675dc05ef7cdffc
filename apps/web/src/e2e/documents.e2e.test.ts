import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppUnderTest, MISSING, picture, startApp, waitUntilRead } from './harness.ts';
import { makePdf } from './make-pdf.ts';

let app: AppUnderTest;
let folder: string;

beforeAll(async () => {
  if (MISSING) return;
  app = await startApp();
  folder = mkdtempSync(join(tmpdir(), 'lorebox-documents-'));
  mkdirSync(join(folder, 'plans/2026'), { recursive: true });
  writeFileSync(join(folder, 'plans/2026/garden.txt'), 'The garden opens on the first of May.');
  writeFileSync(join(folder, 'plans/notes.md'), '# Notes\n\nBring gloves.');
  writeFileSync(join(folder, 'broken.docx'), 'PK\u0003\u0004 this is no document');
  writeFileSync(
    join(folder, 'bridge.pdf'),
    makePdf([
      ['The old bridge', 'It was built from oak in the year of the flood.'],
      ['Maintenance', 'The bridge carries trucks up to twelve tons.', 'Its paint is renewed every seven years.'],
    ]),
  );
});
afterAll(() => app?.close());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

async function newWorkspace(name: string): Promise<string> {
  return (await app.call<{ slug: string }>('workspaces.create', { name })).slug;
}

describe('documents', () => {
  it('takes files and folders, and says why one failed', async () => {
    const workspace = await newWorkspace('Files');
    const { page, complaints } = await app.open(`/w/${workspace}/documents`);
    await page.getByTestId('files').setInputFiles([join(folder, 'broken.docx'), join(folder, 'bridge.pdf')]);
    await page.getByTestId('folder').setInputFiles(join(folder, 'plans'));
    await page.getByText('3 searchable · 1 failed').waitFor();
    await page
      .getByRole('button', { name: /damaged|can.t be read|not a/i })
      .first()
      .hover();
    await picture(page, 'documents-failed');
    await page.getByRole('navigation', { name: 'Folders' }).getByRole('button', { name: /^2026/ }).click();
    await page.getByRole('link', { name: 'garden.txt' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('shows a citation of a PDF over the words on its page', async () => {
    const workspace = await newWorkspace('Bridge');
    const { page, complaints } = await app.open(`/w/${workspace}/documents`);
    await page.getByTestId('files').setInputFiles(join(folder, 'bridge.pdf'));
    await page.getByText('1 searchable').waitFor();
    await page.getByRole('link', { name: 'New chat' }).click();
    await page.getByLabel('Your question').fill('Which trucks may cross the bridge?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Source 1/ }).click();
    const marks = page.locator('[data-page="2"] .pdf-mark');
    await marks.first().waitFor();
    await picture(page, 'pdf-highlight');
    // The marks must cover the words of the cited sentence, and only those.
    const covered = await page.evaluate(() => {
      const layer = document.querySelector('[data-page="2"] .textLayer');
      const boxes = [...document.querySelectorAll('[data-page="2"] .pdf-mark')].map((mark) =>
        mark.getBoundingClientRect(),
      );
      return [...(layer?.querySelectorAll('span') ?? [])]
        .filter((word) => {
          const { left, right, top, bottom } = word.getBoundingClientRect();
          const [x, y] = [(left + right) / 2, (top + bottom) / 2];
          return boxes.some((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
        })
        .map((word) => word.textContent)
        .join(' ');
    });
    expect(covered).toContain('twelve tons');
    expect(covered).not.toContain('paint');
    expect(complaints).toEqual([]);
  });

  it('deletes with undo, edits tags, and shows what was read', async () => {
    const workspace = await newWorkspace('Tags');
    await app.call('documents.importTexts', {
      workspace,
      items: [
        { title: 'Alpha', text: 'First.' },
        { title: 'Beta', text: 'Second.' },
      ],
    });
    await waitUntilRead(app, workspace);
    const { page } = await app.open(`/w/${workspace}/documents`);
    await page.getByRole('button', { name: 'Actions for “Alpha”' }).click();
    await page.getByRole('menuitem', { name: 'Edit title and tags' }).click();
    await page.getByLabel('Tags').fill('greek');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('#greek').waitFor();
    await page.getByRole('checkbox', { name: 'Select Beta' }).check();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('link', { name: 'Beta' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Beta' }).click();
    await page.getByText('Second.').waitFor();
    await page.getByRole('tab', { name: 'Chunks' }).click();
    await page.getByRole('button', { name: 'Leave out' }).click();
    await page.getByText('Left out').waitFor();
  });
});
