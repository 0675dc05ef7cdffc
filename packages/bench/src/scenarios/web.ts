import { parseArgs } from 'node:util';
import { printHeading, printNote, printTable, progress } from '../report.ts';
import { type BrowserSession, openBrowser } from './web/browser-session.ts';
import { measureDocuments } from './web/measure-documents.ts';
import { measureFirstLoad } from './web/measure-first-load.ts';
import { measureLighthouse } from './web/measure-lighthouse.ts';
import { measureSearch } from './web/measure-search.ts';
import { measureStreaming } from './web/measure-streaming.ts';

/** Measures the web app in real Chromium: what it loads, how it streams, scrolls and searches. */
export async function web(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      messages: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '30' },
      documents: { type: 'string', default: '100000' },
      skip: { type: 'string', default: '' },
    },
  });
  const skipped = values.skip.split(',');
  const session: BrowserSession = await openBrowser();
  try {
    printHeading('The web app');
    if (!skipped.includes('load')) {
      printTable(['page', 'requests', 'JavaScript kB (gzip)', 'all kB (gzip)'], await measureFirstLoad(session));
    }
    if (!skipped.includes('lighthouse')) {
      progress('Lighthouse');
      printTable(['page', 'performance', 'accessibility', 'best practices'], await measureLighthouse(session));
    }
    if (!skipped.includes('streaming')) {
      progress(`a thread of ${values.messages} messages`);
      const row = await measureStreaming(session, Number(values.messages), Number(values.seconds));
      printTable(
        [
          'messages',
          'words streamed',
          'words/s',
          'tasks over 50 ms',
          'frames/s',
          'slowest frame',
          'heap MB before',
          'after',
        ],
        [row],
      );
    }
    if (!skipped.includes('documents')) {
      progress(`${values.documents} documents`);
      const [workspace, row] = await measureDocuments(session, Number(values.documents));
      printTable(['documents', 'first rows after', 'rows passed', 'frames/s', 'slowest frame', 'blank frames'], [row]);
      printTable(
        ['documents', 'searches', 'key press to results p50', 'p95'],
        [[values.documents, ...(await measureSearch(session, workspace))]],
      );
    }
    printNote('Chromium runs headless without a GPU, on the same two cores as the server and the doubles.');
  } finally {
    await session.close();
  }
}
