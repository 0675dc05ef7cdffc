import { describe, expect, it } from 'vitest';
import { isPageLabel, readPrintLine, readSheetPrintLines } from './print-lines.ts';

describe('printed headers and footers', () => {
  it('keeps the words and leaves out what differs on each page', () => {
    expect(readPrintLine('&L&"Arial,Bold"&12Contract 4711&CR&&D &D&RPage &P of &N')).toEqual(['Contract 4711', 'R&D']);
    expect(readPrintLine('Profit &K000000&A')).toEqual(['Profit']);
  });

  it('knows page numbers from text', () => {
    expect(['Page of', 'Seite 3 von', '- -', ''].map((text) => isPageLabel(text.replace('3', '')))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['Pages 2024', 'Offer', 'Ref. 7'].map(isPageLabel)).toEqual([false, false, false]);
  });

  it('finds them at the end of a sheet, each text once', () => {
    const part = (xml: string) => Buffer.from(`<worksheet><sheetData/>${xml}<drawing/></worksheet>`);
    const lines = '<oddHeader>&amp;LA 1</oddHeader><evenHeader>&amp;CA 1</evenHeader><oddFooter>B 2</oddFooter>';
    expect(readSheetPrintLines(part(`<headerFooter differentOddEven="1">${lines}</headerFooter>`))).toEqual([
      'A 1',
      'B 2',
    ]);
    expect(readSheetPrintLines(part('<headerFooter/>'))).toEqual([]);
    expect(readSheetPrintLines(part(''))).toEqual([]);
  });
});
