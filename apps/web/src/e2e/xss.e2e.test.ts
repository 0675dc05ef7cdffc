import { NAME_PAYLOADS, TEXT_PAYLOADS } from '@lorebox/testkit/xss-payloads';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppUnderTest, addWorkspace, MISSING, startApp, waitUntilRead } from './harness.ts';

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

/** Counts calls of `__xss` and dialogs in a page and its frames. */
async function guard(page: Page): Promise<() => Promise<number>> {
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    Object.assign(globalThis, { xssCount: 0, __xss: () => ((globalThis as { xssCount?: number }).xssCount = 1) });
  });
  await page.reload();
  return async () => dialogs + (await page.evaluate(() => (globalThis as { xssCount?: number }).xssCount ?? 0));
}

describe('nothing that comes from outside runs in the page', () => {
  it(`model output: ${TEXT_PAYLOADS.length} payloads, at every partial state`, async () => {
    const { page, complaints } = await app.open(`/w/${workspace}`);
    const count = await guard(page);
    app.ollama.reply = () => TEXT_PAYLOADS.join('\n\n');
    await app.call('chat.ask', { workspace, question: 'x', allowRemoteContent: true, threadId: undefined });
    await page.getByLabel('Your question').fill('Show everything');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Good answer' }).waitFor();
    const answer = page.getByRole('article', { name: 'Answer' });
    expect(
      await answer.locator('script, iframe, object, embed, form, style, link, base, img, svg[onload]').count(),
    ).toBe(0);
    const hrefs = await answer
      .locator('a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    expect(hrefs.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual([]);
    expect(await count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it(`names: ${NAME_PAYLOADS.length} payloads in titles of documents, chats and workspaces`, async () => {
    const items = NAME_PAYLOADS.map((title) => ({ title, text: `${title} text` }));
    const { slug } = await app.call<{ slug: string }>('workspaces.create', { name: NAME_PAYLOADS[2] });
    await app.call('documents.importTexts', { workspace: slug, items });
    await waitUntilRead(app, slug);
    const { page, complaints } = await app.open(`/w/${slug}/documents`);
    const count = await guard(page);
    for (const title of NAME_PAYLOADS) await app.call('threads.create', { workspace: slug, title: title.trim() });
    await page.getByRole('row').first().waitFor();
    await page.goto(`/search?q=onerror&in=${slug}`);
    await page.getByRole('link').first().waitFor();
    await page.goto(`/w/${slug}`);
    await page.getByLabel('Your question').fill('onerror');
    await page.keyboard.press('Enter');
    const chip = page.getByRole('button', { name: /^Source/ }).first();
    await chip.hover();
    await chip.click();
    await page.getByRole('region', { name: 'Document' }).getByRole('tab').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    expect(await count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it(`document text and files: ${TEXT_PAYLOADS.length + NAME_PAYLOADS.length} payloads in Markdown, HTML and SVG`, async () => {
    const { slug } = await app.call<{ slug: string }>('workspaces.create', { name: 'Files' });
    const html = `<!doctype html><title>Page</title><body><p>Words of the page.</p>${NAME_PAYLOADS.join('\n')}</body>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="__xss()"><script>__xss()</script><text y="20">Drawn words</text></svg>`;
    const form = new FormData();
    for (const [name, text] of Object.entries({ 'a.md': TEXT_PAYLOADS.join('\n\n'), 'b.html': html, 'c.svg': svg }))
      form.append('file', new Blob([text]), name);
    const uploaded = await fetch(`${app.server.url}/v1/workspaces/${slug}/documents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.server.apiKey}` },
      body: form,
    });
    const { documents } = (await uploaded.json()) as { documents: { id: string }[] };
    await waitUntilRead(app, slug);
    const { page, complaints } = await app.open(`/w/${slug}/documents`);
    const count = await guard(page);
    for (const { id } of documents) {
      await page.goto(`/w/${slug}/d/${id}`);
      await page.getByRole('tab', { name: 'Chunks' }).click();
      await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
      await page.getByRole('tab', { name: 'Text' }).click();
      // The file itself, opened in the browser, must not run in the origin of the app.
      const link = await app.call<{ url: string }>('documents.link', { documentId: id, inline: true });
      const response = await page.request.get(link.url);
      const policy = response.headers()['content-security-policy'] ?? '';
      expect(policy).toContain('sandbox');
      expect(policy).not.toContain('allow-scripts');
    }
    expect(await count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it(`branding: ${NAME_PAYLOADS.length} payloads in texts, links and logos`, async () => {
    const { page, complaints } = await app.open(`/w/${workspace}`);
    const count = await guard(page);
    const short = NAME_PAYLOADS.filter((text) => text.trim() !== '').map((text) => text.slice(0, 60).trim());
    const svg = (content: string) => btoa(`<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`);
    await app
      .call('settings.setLogo', { data: svg(TEXT_PAYLOADS.filter((text) => /^[ -~]+$/.test(text)).join('')) })
      .catch(
        // Broken markup is no image.
        () => app.call('settings.setLogo', { data: svg('<script>__xss()</script><path d="M0 0"/>') }),
      );
    for (let at = 0; at < short.length; at += 8) {
      const part = short.slice(at, at + 8);
      const footerLinks = part.map((label) => ({ label, url: `https://example.com/?${encodeURIComponent(label)}` }));
      await app.call('settings.update', { appName: part[0], welcomeText: part.join('\n'), footerLinks });
      await page.reload();
      await page
        .getByText(part[0] ?? '', { exact: true })
        .first()
        .waitFor();
      await page.getByText('ada', { exact: true }).click();
      await page.getByRole('menuitem', { name: 'API reference' }).waitFor();
    }
    expect(await count()).toBe(0);
    expect(complaints).toEqual([]);
    await app.call('settings.update', { appName: null, welcomeText: null, footerLinks: null });
    await app.call('settings.removeLogo', undefined);
  });
});
