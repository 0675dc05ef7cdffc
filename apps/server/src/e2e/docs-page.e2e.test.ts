import { existsSync } from 'node:fs';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

const CHROMIUM = process.env.LOREBOX_CHROMIUM ?? '/usr/bin/chromium';
const MISSING = existsSync(CHROMIUM) ? null : `needs Chromium: ${CHROMIUM} is missing (set LOREBOX_CHROMIUM)`;

let server: LoreboxProcess;
let browser: Browser;

beforeAll(async () => {
  if (MISSING) return;
  server = await startLorebox();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

it('shows the API with code samples and loads everything from this server', async (context) => {
  if (MISSING) return context.skip(MISSING);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const foreign: string[] = [];
  const violations: string[] = [];
  page.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(server.url)) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await page.goto(`${server.url}/docs`);
  await page.getByText('Ask a question').first().waitFor({ timeout: 30_000 });
  await page.getByText('Ask a question').first().click();
  await page.getByText('/workspaces/{workspace}/ask').first().waitFor();
  await page
    .getByRole('button', { name: /test request/i })
    .first()
    .waitFor();
  if (process.env.LOREBOX_TEST_SCREENSHOT) await page.screenshot({ path: process.env.LOREBOX_TEST_SCREENSHOT });
  expect(foreign).toEqual([]);
  expect(violations).toEqual([]);
});
