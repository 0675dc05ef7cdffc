import { type PdfTextLine, writePdf } from '../pdf-file.ts';
import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

const HEADS = ['Harbour Authority', 'Price list 2024', 'Internal', ''];
const FEET = ['Page #', '# / @', '- # -', 'Page # of @', '#', ''];
const FORMS = [
  'Invoice no. # of the harbour office',
  'Item # costs * EUR',
  'Serial #',
  '# | * | paid',
  'Due on # May, * EUR',
];

/** PDFs of 1 to 6 pages with any margin: every line of the body differs from the others by a number or a word. */
export const makeRunningLines: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const pageCount = pickInteger(random, 1, 6);
  const margin = pickInteger(random, 18, 110);
  const size = pickInteger(random, 7, 12);
  const head = pickOne(random, HEADS);
  const foot = pickOne(random, FEET);
  const form = pickOne(random, FORMS);
  const isNumbered = random() < 0.5;
  let number = pickInteger(random, 1, 90_000);
  const tokens: string[] = [];
  const pages: PdfTextLine[][] = [];
  for (let page = 1; page <= pageCount; page++) {
    const lines: PdfTextLine[] = [];
    if (head) lines.push([72, 792 - margin + 16, size, head]);
    for (let y = 792 - margin - size; y > margin + size; y -= size * 1.4) {
      number += pickInteger(random, 1, 7);
      const id = isNumbered ? `${number}` : token();
      if (isNumbered) tokens.push(` ${id} `);
      else tokens.push(id);
      lines.push([72, y, size, form.replace('#', isNumbered ? `x ${id} x` : id).replace('*', `${page * 3}.50`)]);
    }
    if (foot) lines.push([280, margin - 14, size, foot.replace('#', `${page}`).replace('@', `${pageCount}`)]);
    pages.push(lines);
  }
  return { filename: 'lines.pdf', bytes: writePdf(pages), tokens };
};
