import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const base = 'http://127.0.0.1:3999';
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
const page = await context.newPage();
page.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log('CONSOLE', m.type(), m.text()));
page.on('pageerror', (e) => console.log('PAGEERROR', e.message));
const shot = (n) => page.screenshot({ path: `/tmp/shots/${n}.png` });
const link = /http\S+\/setup#token=\S+/.exec(readFileSync('/tmp/srv.log', 'utf8'))[0];
await page.goto(link);
await page.getByLabel('Username').fill('ada');
await page.getByLabel('Password').fill('correct horse battery');
await shot('01-setup');
await page.getByRole('button', { name: 'Create admin' }).click();
await page.getByRole('button', { name: 'Continue' }).waitFor();
await shot('02-model');
await page.getByRole('button', { name: 'Continue' }).click();
await page.getByRole('button', { name: /Create and add/ }).click();
await page.getByRole('button', { name: 'Add files' }).waitFor();
await page.waitForTimeout(500);
await shot('03-documents-empty');
const files = process.argv.slice(2);
await page.locator('[data-testid=files]').setInputFiles(files);
await page.waitForTimeout(1500);
await shot('04-uploading');
await page.waitForTimeout(15000);
await shot('05-ready');
await page.getByRole('link', { name: 'New chat' }).click();
await page.getByLabel('Your question').fill('What is trace-based just-in-time type specialization?');
await shot('06-new-chat');
await page.keyboard.press('Enter');
await page.waitForTimeout(3000);
await shot('07-answer');
const chip = page.getByRole('button', { name: /^Source 1/ }).first();
await chip.hover();
await page.waitForTimeout(600);
await shot('08-hover');
await chip.click();
await page.waitForTimeout(4000);
await shot('09-viewer');
await context.storageState({ path: '/tmp/state.json' });
await browser.close();
