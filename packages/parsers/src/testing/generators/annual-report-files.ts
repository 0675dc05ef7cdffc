import type { ParsedDocument } from '@lorebox/ports/parser';
import { type PdfTextLine, writePdf } from '../pdf-file.ts';
import { listRows } from '../read-case.ts';
import { type AnnualReport, makeAnnualReport, type ReportPart } from './annual-report.ts';
import type { DocumentGenerator } from './document-generator.ts';

const SIZE = 10;
const LEADING = 12;
const LEFT = 60;
const RIGHT = 552;
const LETTERS_PER_LINE = 96;

/** Widths of Helvetica in thousandths of the size, for the letters of amounts. */
const WIDTHS: Record<string, number> = { ',': 278, '.': 278, '(': 333, ')': 333, '—': 1000, ' ': 278 };

function widthOf(text: string, size = SIZE): number {
  return [...text].reduce((sum, letter) => sum + (WIDTHS[letter] ?? 556), 0) * (size / 1000);
}

/** Lays out the pages of a report: running feet, centered parts, bold items, and amounts aligned to the right. */
class ReportPages {
  readonly pages: PdfTextLine[][] = [];
  private y = 0;

  constructor(company: string) {
    this.company = company;
    this.turn();
  }

  private readonly company: string;

  private turn(): void {
    const number = this.pages.length + 1;
    this.pages.push([[RIGHT / 2 - 60, 36, 8, `${this.company} | Form 10-K | ${number}`]]);
    this.y = 730;
  }

  space(points: number): void {
    this.y -= points;
  }

  need(points: number): void {
    if (this.y - points < 60) this.turn();
  }

  put(x: number, text: string, isBold = false): void {
    this.pages.at(-1)?.push([x, this.y, SIZE, text.replaceAll('—', '\x97'), isBold]);
  }

  end(): void {
    this.y -= LEADING;
  }

  text(text: string): void {
    let line = '';
    for (const word of text.split(' ')) {
      if (line.length + word.length + 1 > LETTERS_PER_LINE) {
        this.line(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    this.line(line);
    this.space(8);
  }

  private line(text: string): void {
    this.need(LEADING);
    this.put(LEFT, text);
    this.end();
  }
}

function layOut({ company, parts }: AnnualReport): PdfTextLine[][] {
  const pages = new ReportPages(company);
  for (const part of parts) {
    if (part.kind === 'text') pages.text(part.text);
    else if (part.kind === 'table') layOutTable(pages, part);
    else {
      pages.need(80);
      pages.space(6);
      pages.put(part.kind === 'part' ? 280 : LEFT, part.text, true);
      pages.end();
      pages.space(6);
    }
  }
  return pages.pages;
}

function layOutTable(pages: ReportPages, table: Extract<ReportPart, { kind: 'table' }>): void {
  pages.text(table.title);
  pages.need(60 + table.rows.length * 14);
  const edges = table.years.map((_, at) => RIGHT - 20 - (table.years.length - 1 - at) * 85);
  for (const [at, year] of table.years.entries()) pages.put((edges[at] ?? 0) - widthOf(year), year, true);
  pages.end();
  pages.space(3);
  for (const [index, row] of table.rows.entries()) {
    pages.put(row.isTotal ? LEFT + 10 : LEFT, row.label);
    for (const [at, value] of row.values.entries()) {
      const edge = edges[at] ?? 0;
      if (table.hasCurrency && (index === 0 || row.isTotal)) pages.put(edge - 58, '$');
      // The closing bracket hangs over, so that the digits are below one another.
      pages.put(edge - widthOf(value.replace(')', '')), value);
    }
    pages.end();
    pages.space(2);
  }
  pages.space(10);
}

export const makeAnnualReportPdf: DocumentGenerator = (random) => {
  const report = makeAnnualReport(random);
  return {
    filename: 'report.pdf',
    bytes: writePdf(layOut(report)),
    tokens: report.tokens,
    check: (document) => [...checkSections(document, report), ...checkColumns(document, report)],
  };
};

/** As the programs that companies file with write it: no headings, amounts in three cells, empty columns between. */
function writeHtml({ company, parts }: AnnualReport): string {
  const body = parts.map((part) => {
    if (part.kind === 'text') return `<p style="margin:6pt 0">${part.text}</p>`;
    if (part.kind === 'table') return writeTable(part);
    const align = part.kind === 'part' ? ' style="text-align:center"' : '';
    return `<div${align}><span style="font-weight:700">${part.text}</span></div>`;
  });
  return `<html><head><title>${company}</title></head><body>${body.join('\n')}</body></html>`;
}

function writeTable({ title, years, rows, hasCurrency }: Extract<ReportPart, { kind: 'table' }>): string {
  const gap = '<td colspan="1"></td>';
  const head = years.map((year) => `${gap}<td colspan="3">${year}</td>`).join('');
  const lines = rows.map(({ label, values, isTotal }, index) => {
    const cells = values.map((value) => {
      const sign = hasCurrency && (index === 0 || isTotal) ? '$' : '';
      const isNegative = value.endsWith(')');
      return `${gap}<td>${sign}</td><td>${isNegative ? value.slice(0, -1) : value}</td><td>${isNegative ? ')' : ''}</td>`;
    });
    return `<tr><td>${label}</td>${cells.join('')}</tr>`;
  });
  return `<p>${title}</p><table><tr><td></td>${head}</tr>${lines.join('')}</table>`;
}

export const makeAnnualReportHtml: DocumentGenerator = (random) => {
  const report = makeAnnualReport(random);
  return {
    filename: 'report.html',
    bytes: Buffer.from(writeHtml(report)),
    tokens: report.tokens,
    check: (document) => [...checkSections(document, report), ...checkColumns(document, report)],
  };
};

/** Each text is below the heading, the item and the part it belongs to, and below no other. */
function checkSections({ text, blocks }: ParsedDocument, { parts }: AnnualReport): string[] {
  const wanted = new Map<string, string>();
  const path: Partial<Record<'part' | 'item' | 'heading', string>> = {};
  for (const part of parts) {
    if (part.kind === 'part') Object.assign(path, { part: part.text, item: undefined, heading: undefined });
    else if (part.kind === 'item') Object.assign(path, { item: part.text, heading: undefined });
    else if (part.kind === 'heading') path.heading = part.text;
    else if (part.kind === 'text')
      wanted.set(part.token, [path.part, path.item, path.heading].filter(Boolean).join(' > '));
  }
  const open: { level: number; title: string }[] = [];
  const faults: string[] = [];
  for (const { kind, start, end, level = 1 } of blocks) {
    const content = text.slice(start, end);
    if (kind === 'heading') {
      while ((open.at(-1)?.level ?? 0) >= level) open.pop();
      open.push({ level, title: content });
      continue;
    }
    for (const [, token = ''] of content.matchAll(/Note (\w+)/g)) {
      const expected = wanted.get(token);
      const found = open.map(({ title }) => title).join(' > ');
      if (expected !== undefined && found !== expected) faults.push(`${token} below "${found}", not "${expected}"`);
    }
  }
  return faults;
}

/** Each amount is in the column of its year. */
function checkColumns(document: ParsedDocument, { parts }: AnnualReport): string[] {
  const rows = listRows(document);
  const faults: string[] = [];
  for (const part of parts) {
    if (part.kind !== 'table') continue;
    for (const { label, values } of part.rows) {
      if (values.length === 0) continue;
      const at = rows.findIndex((cells) => cells[0] === label);
      if (at < 0) {
        faults.push(`no row ${label}`);
        continue;
      }
      const head = rows.slice(0, at).findLast((cells) => part.years.every((year) => cells.includes(year)));
      const found = part.years.map((year) =>
        (rows[at] ?? [])
          .filter((cell, column) => head?.[column] === year && cell !== '')
          .join(' ')
          .replace(/^\$ ?/, ''),
      );
      if (found.join('|') !== values.join('|'))
        faults.push(`${label}: ${found.join(' | ')}, not ${values.join(' | ')}`);
    }
  }
  return faults;
}
