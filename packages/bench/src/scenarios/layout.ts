import { basename } from 'node:path';
import { parseFile } from '@lorebox/parsers/parse-file';
import { readJudgedSet } from '@lorebox/testkit/judged-documents';
import { JUDGED_LAYOUTS } from '../data/pdf-pages.ts';
import { printHeading, printNote, printTable } from '../report.ts';

const NO_DATA = 3;

/** Reads PDFs whose order and headings were written down, and prints how much of both is right. */
export async function layout(): Promise<void> {
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
