import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { parseBytes, parseFile } from '@lorebox/parsers/parse-file';
import { countPairsInOrder, makePdfLayout } from '@lorebox/parsers/testing/generators/pdf-layouts';
import { writePdf } from '@lorebox/parsers/testing/pdf-file';
import { readJudgedSet } from '@lorebox/testkit/judged-documents';
import { createRandom } from '@lorebox/testkit/random';
import { JUDGED_LAYOUTS } from '../data/pdf-pages.ts';
import { printHeading, printNote, printTable } from '../report.ts';

const NO_DATA = 3;

/**
 * Reads generated pages, then PDFs whose order and headings were written down, and prints how much of both is right.
 */
export async function layout(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { pages: { type: 'string', default: '400' }, first: { type: 'string' } },
  });
  await readGenerated(Number(values.pages), Number(values.first ?? Math.floor(Math.random() * 1_000_000_000)));
  await readJudged();
}

interface Score {
  pages: number;
  wholePages: number;
  right: number;
  all: number;
}

async function readGenerated(pages: number, first: number): Promise<void> {
  const scores = new Map<string, Score>();
  for (let seed = first; seed < first + pages; seed++) {
    const page = makePdfLayout(createRandom(seed));
    const document = await parseBytes(writePdf([page.lines]), 'page.pdf');
    const [right, all] = countPairsInOrder(document, page);
    for (const kind of [`${page.columns} columns`, `inserted: ${page.insert}`]) {
      const score = scores.get(kind) ?? { pages: 0, wholePages: 0, right: 0, all: 0 };
      score.pages++;
      score.wholePages += right === all ? 1 : 0;
      score.right += right;
      score.all += all;
      scores.set(kind, score);
    }
  }
  printHeading(`Reading order of generated pages, seeds ${first} to ${first + pages - 1}`);
  const rows = [...scores].sort(([a], [b]) => a.localeCompare(b));
  printTable(
    ['kind', 'pages', 'all in order', 'pairs of passages in order'],
    rows.map(([kind, { pages: count, wholePages, right, all }]) => [
      kind,
      `${count}`,
      `${wholePages}`,
      `${right} of ${all}`,
    ]),
  );
}

async function readJudged(): Promise<void> {
  const set = readJudgedSet();
  if (typeof set === 'string') {
    printNote(set);
    process.exit(NO_DATA);
  }
  const rows: string[][] = [];
  for (const judged of JUDGED_LAYOUTS) {
    const path = set.rows.find((row) => basename(row.file) === judged.file)?.path;
    if (!path) continue;
    const document = await parseFile({ path, filename: judged.file });
    const headings = document.blocks
      .filter(({ kind }) => kind === 'heading')
      .map(({ start, end }) => document.text.slice(start, end).replace(/\s+/g, ' '));
    const found = judged.headings.filter((heading) => headings.includes(heading)).length;
    for (const { page, order } of judged.pages) {
      const onPage = document.blocks.filter((block) => block.page === page);
      const text = document.text.slice(onPage[0]?.start ?? 0, onPage.at(-1)?.end ?? 0).replace(/\s+/g, ' ');
      const places = order.map((passage) => text.indexOf(passage.replace(/\s+/g, ' ')));
      const pairs = order.flatMap((_, first) => order.slice(first + 1).map((__, step) => [first, first + 1 + step]));
      const right = pairs.filter(([first = 0, second = 0]) => {
        const [before = -1, after = -1] = [places[first], places[second]];
        return before >= 0 && before < after;
      });
      rows.push([judged.file, `${page}`, `${right.length} of ${pairs.length}`, '', '']);
    }
    const isTitled = document.title === judged.title ? 'yes' : 'no';
    rows.push([
      judged.file,
      'all',
      '',
      `${found} of ${judged.headings.length}`,
      `${headings.length - found}; title ${isTitled}`,
    ]);
  }
  printHeading('Reading order and headings of judged PDF pages');
  printTable(['file', 'page', 'pairs of passages in order', 'headings found', 'other headings'], rows);
}
