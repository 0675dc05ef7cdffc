import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
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

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** Pages and states, each with what to wait for. */
const STATES: Record<string, (page: Page) => Promise<unknown>> = {
  'a new chat': async (page) => {
    await page.goto(`/w/${workspace}`);
    await page.getByText('can be searched').waitFor();
  },
  'an answer with its document': async (page) => {
    await page.goto(`/w/${workspace}`);
    await page.getByLabel('Your question').fill('When does the office open?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Source 1/ }).click();
    await page.locator('mark').first().waitFor();
  },
  'how an answer was made': async (page) => {
    await page.getByRole('button', { name: 'How this answer was made' }).click();
    await page.getByText('Context window').waitFor();
  },
  'a share dialog': async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('button', { name: 'Create a link' }).waitFor();
  },
  documents: async (page) => {
    await page.goto(`/w/${workspace}/documents`);
    await page.getByText('Handbook', { exact: true }).first().waitFor();
  },
  'a menu': async (page) => {
    await page.getByRole('button', { name: /^Actions for “Handbook/ }).click();
    await page.getByRole('menuitem', { name: 'Read again' }).waitFor();
  },
  'the sources': async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sources' }).click();
    await page.getByText('No sources yet').waitFor();
    await page.getByRole('button', { name: 'Add a source' }).click();
    await page.getByLabel('Kind').waitFor();
  },
  search: async (page) => {
    await page.goto('/search?q=parking');
    await page.locator('mark').first().waitFor();
  },
  'the search lab': async (page) => {
    await page.getByRole('switch').click();
    await page.getByRole('region', { name: 'Vector search' }).locator('mark, li').first().waitFor();
  },
  'the workspace settings': async (page) => {
    await page.goto(`/w/${workspace}/settings`);
    await page.getByLabel('Instructions').waitFor();
  },
  'the quality of a workspace': async (page) => {
    await page.getByRole('tab', { name: 'Quality' }).click();
    await page.getByRole('button', { name: 'Measure now' }).waitFor();
  },
  'the account': async (page) => {
    await page.goto('/settings');
    await page.getByText('This session').waitFor();
  },
  'the command palette': async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
  },
};

describe.each(['light', 'dark'] as const)('pages have no accessibility violations in %s', (theme) => {
  it('signed in', async () => {
    const { page } = await app.open('/', { colorScheme: theme });
    const found: string[] = [];
    for (const [name, go] of Object.entries(STATES)) {
      await go(page);
      await picture(page, `axe-${theme}-${name.replaceAll(' ', '-')}`);
      found.push(...(await violationsOn(page)).map((violation) => `${name}: ${violation}`));
    }
    expect(found).toEqual([]);
  });

  it('signed out', async () => {
    const { page } = await app.openAsStranger('/login', { colorScheme: theme });
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.goto('/s/no-such-token');
    await page.getByText('This link does not work').waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });
});
