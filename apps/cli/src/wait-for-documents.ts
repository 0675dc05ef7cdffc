import type { Document } from '@lorebox/sdk';
import type { Cli } from './context.ts';
import { ProgressBar } from './progress.ts';

/** Waits until every document is ready or has failed. Returns the failed ones. */
export async function waitForDocuments(cli: Cli, ids: readonly string[]): Promise<Document[]> {
  const bar = new ProgressBar('Processing', cli.isTerminal);
  let [done, failures] = [0, 0];
  const documents = await cli.lorebox.documents.waitUntilReady(ids, {
    onSettled({ filename, status }) {
      done += 1;
      if (status === 'failed') failures += 1;
      bar.update(done, ids.length, `${failures > 0 ? `(${failures} failed) ` : ''}${filename}`);
    },
  });
  bar.finish();
  return documents.filter(({ status }) => status === 'failed');
}
