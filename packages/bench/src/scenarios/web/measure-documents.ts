import { setTimeout as sleep } from 'node:timers/promises';
import { TextGenerator } from '../../load/texts.ts';
import { figure } from '../../report.ts';
import type { BrowserSession } from './browser-session.ts';
import { watchFrames } from './watch-frames.ts';

const PER_IMPORT = 1000;
const SCROLL_STEPS = 300;
const STEP_PX = 2000;
const STEP_MS = 30;
const ROW_PX = 52;
const SETTLE_MS = 300_000;

/** Fills a workspace and scrolls through its documents. Returns the workspace and a row of figures. */
export async function measureDocuments(session: BrowserSession, documents: number): Promise<[string, string[]]> {
  const { user, server } = session;
  const { id, slug } = await user.mutate<{ id: string; slug: string }>('workspaces.create', { name: 'Many documents' });
  const texts = new TextGenerator(7);
  for (let from = 0; from < documents; from += PER_IMPORT) {
    const items = Array.from({ length: Math.min(PER_IMPORT, documents - from) }, (_, i) => ({
      externalId: `text-${from + i}`,
      title: `Document ${from + i}`,
      text: texts.text(30),
    }));
    await user.mutate('documents.importTexts', { workspace: slug, items });
  }
  await server.settled(id, SETTLE_MS);
  const started = performance.now();
  const page = await session.open(`/w/${slug}/documents`);
  await page.getByRole('row').first().waitFor();
  const first = performance.now() - started;
  const table = page.getByRole('table');
  await table.hover();
  const end = await watchFrames(page, '[role=table] [role=row]');
  for (let i = 0; i < SCROLL_STEPS; i += 1) {
    await page.mouse.wheel(0, STEP_PX);
    await sleep(STEP_MS);
  }
  const { rate, slowest, blank } = await end();
  const passed = await table.evaluate((element, rowPx) => Math.round(element.scrollTop / rowPx), ROW_PX);
  await page.close();
  return [slug, [String(documents), figure(first), String(passed), figure(rate), figure(slowest), String(blank)]];
}
