import { AxeBuilder } from '@axe-core/playwright';
import { TEXT_PAYLOADS } from '@lorebox/testkit/xss-payloads';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MISSING, startWebSite, type WebSite } from './site.ts';

let site: WebSite;
let tag: string;

beforeAll(async () => {
  if (MISSING) return;
  site = await startWebSite();
  tag = `<script src="${site.server.url}/embed/widget.js" data-widget="${site.widget.id}" async></script>`;
});
afterAll(() => site?.close());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

async function ask(page: Page | ReturnType<Page['frameLocator']>, question: string): Promise<void> {
  await page.getByLabel('Your question').fill(question);
  await page.getByLabel('Your question').press('Enter');
}

const opened = async (page: Page) => {
  await page.getByRole('button', { name: 'Open the chat' }).click();
  return page.getByRole('dialog');
};

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

const widthOf = async (locator: Locator) => (await locator.boundingBox())?.width ?? 0;

describe('on a website of another origin with a strict policy', () => {
  it('answers with a passage to check, by keyboard alone', async () => {
    const { page, complaints } = await site.open({ body: tag, policy: site.strictPolicy });
    await page.getByRole('button', { name: 'Open the chat' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Your question').evaluate((box) => box.matches(':focus'))).toBe(true);
    await page.keyboard.type('When does the office open?');
    await page.keyboard.press('Enter');
    const citation = page.getByRole('button', { name: /^Source 1: Handbook/ });
    await citation.first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('blockquote').getByText('opens at nine in the morning').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Helpful', exact: true }).click();
    await page.getByText('Thank you for your feedback.').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    if (process.env.LOREBOX_TEST_SCREENSHOTS)
      await page.screenshot({ path: `${process.env.LOREBOX_TEST_SCREENSHOTS}/widget.png` });
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    const styled = await page
      .getByRole('button', { name: 'Open the chat' })
      .evaluate((button) => getComputedStyle(button).width);
    expect(styled).toBe('56px');
  });

  it('announces an answer once, and not word by word', async () => {
    const { page } = await site.open({ body: tag, policy: site.strictPolicy });
    await opened(page);
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      const status = document.querySelector('lorebox-widget')?.shadowRoot?.querySelector('[aria-live]');
      if (status) new MutationObserver(() => said.push(status.textContent ?? '')).observe(status, { childList: true });
    });
    await ask(page, 'When does the office open?');
    await page.getByRole('button', { name: 'Helpful', exact: true }).waitFor();
    const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^Answer: .*nine/);
  });

  it(`shows ${TEXT_PAYLOADS.length} payloads of a model and titles as text`, async () => {
    const { page, complaints } = await site.open({ body: tag });
    await page.evaluate(() => Object.assign(globalThis, { __xss: () => Object.assign(globalThis, { xss: true }) }));
    const { reply } = site.ollama;
    site.ollama.reply = () => `${TEXT_PAYLOADS.join('\n\n')}\n\nThe office opens at nine in the morning [1].`;
    await opened(page);
    await ask(page, 'When does the office open?');
    await page.getByRole('button', { name: 'Helpful', exact: true }).waitFor();
    site.ollama.reply = reply;
    const dialog = page.getByRole('dialog');
    expect(await dialog.textContent()).toContain('onerror=__xss()');
    expect(await dialog.locator('script, iframe, object, embed, style, link, base, img, video, math').count()).toBe(0);
    const protocols = await dialog
      .locator('a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    expect(protocols.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual([]);
    await page
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Handbook <img src=x onerror=__xss()>' }).waitFor();
    expect(await page.evaluate(() => 'xss' in globalThis)).toBe(false);
    expect(complaints).toEqual([]);
  });
});

it('continues an answer after a reload in mid-stream', async () => {
  const { page } = await site.open({ body: tag, policy: site.strictPolicy });
  const modelCalls = () => site.ollama.requests.filter(({ path }) => path === '/api/chat').length;
  const callsBefore = modelCalls();
  site.ollama.delayMs = 120;
  const { reply } = site.ollama;
  const words = 'The office opens at nine in the morning and closes at six in the evening [1].'.split(' ');
  site.ollama.reply = words.map((word) => `${word} `);
  await opened(page);
  await ask(page, 'When does the office open?');
  await page.getByText('The office opens').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Helpful', exact: true }).waitFor();
  site.ollama.delayMs = 0;
  site.ollama.reply = reply;
  const answers = page.locator('.message.assistant');
  expect(await answers.count()).toBe(1);
  expect(await answers.textContent()).toContain('closes at six in the evening');
  expect(modelCalls() - callsBefore).toBe(1);
});

it("works with AnythingLLM's script tag", async () => {
  const { url } = site.server;
  const body = `<script data-embed-id="${site.widget.id}" data-base-api-url="${url}/api/embed" data-assistant-name="Ada"
    data-greeting="Hello there" data-button-color="#ffcc00" data-position="bottom-left" data-open-on-load="on"
    data-default-messages="When does the office open?" src="${url}/embed/anythingllm-chat-widget.min.js"></script>`;
  const { page, complaints } = await site.open({ body, policy: site.strictPolicy });
  await page.getByRole('dialog', { name: 'Ada' }).waitFor();
  await page.getByText('Hello there').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'When does the office open?' }).click();
  await page
    .getByRole('button', { name: /^Source 1/ })
    .first()
    .waitFor();
  expect((await page.getByRole('dialog').boundingBox())?.x).toBeLessThan(100);
  expect(complaints).toEqual([]);
});

it('is not shown on a page of another origin, and says where to find out why', async () => {
  await site.lorebox.widgets.update(site.widget.id, { allowedOrigins: ['https://other.example'] });
  const { page, complaints } = await site.open({ body: tag });
  await expect.poll(() => complaints.join('\n')).toContain(`/embed/${site.widget.id}/test`);
  expect(await page.locator('lorebox-widget').count()).toBe(0);
  await site.lorebox.widgets.update(site.widget.id, { allowedOrigins: [site.origin] });
});

it('ends kindly at its quota, and gives the question back', async () => {
  await site.lorebox.widgets.update(site.widget.id, { messagesPerSession: 1 });
  const { page } = await site.open({ body: tag, policy: site.strictPolicy });
  await opened(page);
  await ask(page, 'When does the office open?');
  await page.getByRole('button', { name: 'Helpful', exact: true }).waitFor();
  await ask(page, 'And on Sundays?');
  await page.getByText('This conversation has reached its end.').waitFor();
  expect(await page.getByLabel('Your question').inputValue()).toBe('And on Sundays?');
  expect(await violationsOn(page)).toEqual([]);
  await page.getByText('New conversation').click();
  await ask(page, 'And on Sundays?');
  await page.getByRole('button', { name: 'Helpful', exact: true }).waitFor();
  await site.lorebox.widgets.update(site.widget.id, { messagesPerSession: null });
});

it('asks for the address first if it is required', async () => {
  await site.lorebox.widgets.update(site.widget.id, { leadForm: 'required', handoverUrl: 'mailto:help@shop.example' });
  const { page } = await site.open({ body: tag, policy: site.strictPolicy });
  await opened(page);
  expect(await page.getByLabel('Your question').isVisible()).toBe(false);
  await page.getByLabel('Email address').fill('nonsense');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Enter a valid email address.').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByLabel('Email address').fill('ada@example.com');
  await page.getByRole('button', { name: 'Continue' }).click();
  await ask(page, 'When does the office open?');
  await page.getByRole('button', { name: 'Helpful', exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'Talk to a person' }).getAttribute('href')).toBe(
    'mailto:help@shop.example',
  );
  const [conversation] = await site.lorebox.widgets.conversations(site.widget.id).toArray(1);
  expect(conversation?.lead).toEqual({ name: '', email: 'ada@example.com' });
  await site.lorebox.widgets.update(site.widget.id, { leadForm: 'off', handoverUrl: null });
});

it('covers a phone, keeps the focus inside, and gives it back', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const { page } = await site.open({ body: tag, policy: site.strictPolicy }, phone);
  const dialog = await opened(page);
  expect(await widthOf(dialog)).toBe(390);
  expect(await dialog.getAttribute('aria-modal')).toBe('true');
  expect(await violationsOn(page)).toEqual([]);
  for (let i = 0; i < 8; i += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('lorebox-widget');
  }
  await page.keyboard.press('Escape');
  await expect
    .poll(() => page.getByRole('button', { name: 'Open the chat' }).evaluate((button) => button.matches(':focus')))
    .toBe(true);
});

it.each([
  ['ar', 'فتح المحادثة', 'rtl'],
  ['de-AT', 'Chat öffnen', 'ltr'],
  ['es', 'Abrir el chat', 'ltr'],
  ['zh', '打开聊天', 'ltr'],
])('speaks the language of the page: %s', async (lang, name, direction) => {
  const { page } = await site.open({ body: tag, policy: site.strictPolicy, lang });
  await page.getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.evaluate((node) => getComputedStyle(node).direction)).toBe(direction);
  expect(await violationsOn(page)).toEqual([]);
});

it('works in a frame on an allowed page alone', async () => {
  const frame = `<iframe src="${site.server.url}/embed/${site.widget.id}/frame" title="Chat" width="400" height="600"></iframe>`;
  const { page } = await site.open({ body: frame });
  const inside = page.frameLocator('iframe');
  await ask(inside, 'When does the office open?');
  await inside
    .getByRole('button', { name: /^Source 1/ })
    .first()
    .waitFor();
  await site.lorebox.widgets.update(site.widget.id, { allowedOrigins: ['https://other.example'] });
  const refused = await site.open({ body: frame });
  await expect.poll(() => refused.complaints.join('\n')).toMatch(/frame-ancestors/);
  await site.lorebox.widgets.update(site.widget.id, { allowedOrigins: [site.origin] });
});

it('tests itself', async () => {
  const { page } = await site.open({ body: '' });
  await page.goto(`${site.server.url}/embed/${site.widget.id}/test?page=${site.origin}/`);
  await page.getByText('OK: Streaming').waitFor();
  await page.getByText('OK: Origin').waitFor();
  await page.getByLabel('Address of the page').fill('https://other.example/contact');
  await page.getByLabel(/^Content-Security-Policy/).fill("default-src 'self'");
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('Add https://other.example to its allowed origins.').waitFor();
  await page.getByText(`Add ${site.server.url} to script-src.`).waitFor();
  expect(await violationsOn(page)).toEqual([]);
});
