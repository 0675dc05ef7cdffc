import { Samples } from '../../load/samples.ts';
import { TextGenerator } from '../../load/texts.ts';
import { figure } from '../../report.ts';
import type { BrowserSession } from './browser-session.ts';

const SEARCHES = 40;

/** Types words on the search page, and measures the time from each key press to its results. */
export async function measureSearch(session: BrowserSession, workspace: string): Promise<string[]> {
  const page = await session.open(`/search?in=${workspace}`);
  const box = page.getByRole('searchbox', { name: 'Search documents' });
  await box.waitFor();
  const words = new TextGenerator(7)
    .text(SEARCHES * 4)
    .split(/\s+/)
    .filter((word) => word.length > 3);
  const samples = new Samples();
  for (const word of words.slice(0, SEARCHES)) {
    await box.fill(word.slice(0, -1));
    await page
      .getByRole('status')
      .filter({ hasText: /passage|Nothing/ })
      .waitFor();
    samples.add(await page.evaluate<number>(`bench.searchFor(${JSON.stringify(word)})`));
  }
  await page.close();
  return [String(SEARCHES), figure(samples.at(50)), figure(samples.at(95))];
}
