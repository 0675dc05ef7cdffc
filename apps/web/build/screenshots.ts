// Makes the pictures in docs/images: the main pages in light and dark, on a desktop and a phone, in English and Arabic.
// Needs Chromium. Starts its own server with a model double; the answers are the double's.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ADMIN, type AppUnderTest, MISSING, startApp, waitUntilRead } from '../src/e2e/harness.ts';
import { makePdf } from '../src/e2e/make-pdf.ts';

const IMAGES = join(import.meta.dirname, '../../../docs/images');
const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};
const QUESTION = { en: 'How long is the warranty, and what does it not cover?', ar: 'ما مدة الضمان؟' };
const ANSWER = {
  en: [
    'The warranty runs for **24 months** from the date of purchase [1].',
    '- It does not cover the filter and other wear parts [1].\n- It does not cover damage from hard water if the machine was not descaled [1].',
    'Repairs under warranty take about ten working days [1].',
  ].join('\n\n'),
  ar: 'مدة الضمان **24 شهرًا** من تاريخ الشراء [1].',
};
const MANUAL = [
  [
    'Coffee machine CM-200: Manual',
    'Fill the tank with fresh water before every use.',
    'Descale the machine every two months.',
  ],
  [
    'Warranty',
    'The warranty runs for 24 months from the date of purchase.',
    'It does not cover the filter and other wear parts.',
    'It does not cover damage from hard water if the machine was not descaled.',
    'Repairs under warranty take about ten working days.',
  ],
];
const ARABIC = 'شروط الضمان. مدة الضمان 24 شهرًا من تاريخ الشراء. لا يشمل الضمان المرشح.';
const OTHERS = [
  'Price list 2026',
  'Opening hours',
  'Staff handbook',
  'Minutes of the spring meeting',
  'Suppliers',
  'Recipe: rye bread',
];

if (MISSING) throw new Error(MISSING);
mkdirSync(IMAGES, { recursive: true });
const app = await startApp();
try {
  const workspace = await prepare(app);
  for (const size of ['desktop', 'phone'] as const)
    for (const theme of ['light', 'dark'] as const)
      for (const language of ['en', 'ar'] as const) await takeAll(app, workspace, { size, theme, language });
} finally {
  await app.close();
}

/** A workspace with a PDF and some texts. */
async function prepare({ call, server }: AppUnderTest): Promise<string> {
  const { slug } = await call<{ slug: string }>('workspaces.create', { name: 'Service desk' });
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(makePdf(MANUAL))]), 'cm-200-manual.pdf');
  await fetch(`${server.url}/v1/workspaces/${slug}/documents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}` },
    body: form,
  });
  const items = OTHERS.map((title) => ({ title, text: `${title}. Kept up to date by the office.` }));
  await call('documents.importTexts', { workspace: slug, items: [...items, { title: 'شروط الضمان', text: ARABIC }] });
  await waitUntilRead(app, slug);
  return slug;
}

interface Look {
  size: keyof typeof SIZES;
  theme: 'light' | 'dark';
  language: 'en' | 'ar';
}

async function takeAll(app: AppUnderTest, workspace: string, { size, theme, language }: Look): Promise<void> {
  app.ollama.reply = () => ANSWER[language];
  const { page } = await app.openAsStranger('/login', { ...SIZES[size], colorScheme: theme });
  await page.evaluate((code) => localStorage.setItem('lorebox.language', code), language);
  await page.goto(`/login?next=/w/${workspace}`);
  await page.locator('input[autocomplete=username]').fill(ADMIN.username);
  await page.locator('input[autocomplete=current-password]').fill(ADMIN.password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  const take = async (name: string) =>
    writeFileSync(
      join(IMAGES, `${name}-${size}-${theme}-${language}.jpg`),
      await page.screenshot({ type: 'jpeg', quality: 82, animations: 'disabled' }),
    );
  await page.locator('textarea').fill(QUESTION[language]);
  await page.locator('textarea').press('Enter');
  const chip = page.locator('article button', { hasText: /^1$/ }).first();
  await chip.waitFor();
  if (size === 'desktop') {
    await chip.click();
    await page.locator('.pdf-mark, mark').first().waitFor();
    if ((await page.locator('[data-page="2"] canvas').count()) > 0) await drawn(page);
  }
  await take('chat');
  await page.goto(`/w/${workspace}/documents`);
  await page.locator('[role=row]').first().waitFor();
  await take('documents');
  await page.goto('/search?q=warranty');
  await page.locator('main mark').first().waitFor();
  await take('search');
  await page.context().close();
}

/** Waits until the page of the PDF is drawn: its picture no longer changes. */
async function drawn(page: Page): Promise<void> {
  let last = '';
  for (;;) {
    const now = await page
      .locator('[data-page="2"] canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL().slice(-2000));
    if (now === last && now !== '') return;
    last = now;
    await page.waitForFunction(() => new Promise((resolve) => requestAnimationFrame(() => resolve(true))));
  }
}
