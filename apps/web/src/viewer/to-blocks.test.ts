import { expect, it } from 'vitest';
import { toBlocks } from './to-blocks.ts';

const TEXT =
  '# Hours\n\nOpen at nine.\nClosed on Sunday.\n\n| Day | Opens |\n| --- | --- |\n| Mon \\| Tue | 9:00 |\n\nEnd';

it('splits text into headings, paragraphs and tables', () => {
  expect(toBlocks(TEXT, 0).map(({ type }) => type)).toEqual(['heading', 'paragraph', 'table', 'paragraph']);
});

it('keeps the offset of every part', () => {
  const offset = 1000;
  for (const block of toBlocks(TEXT, offset)) {
    const spans = block.type === 'table' ? block.rows.flatMap(({ cells }) => cells) : [block];
    for (const { text, start } of spans) expect(TEXT.slice(start - offset, start - offset + text.length)).toBe(text);
  }
});

it('keeps a pipe inside a cell', () => {
  const table = toBlocks(TEXT, 0).find((block) => block.type === 'table');
  expect(table?.type === 'table' && table.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ['Day', 'Opens'],
    ['Mon \\| Tue', '9:00'],
  ]);
});

it('has no blocks for empty text', () => {
  expect(toBlocks('', 0)).toEqual([]);
  expect(toBlocks('\n \n', 0)).toEqual([]);
});

it('reads rows without outer pipes, and a single line with a pipe as text', () => {
  const [table, text] = toBlocks('Day | Opens\nMon | 9:00\n\na | b is no table', 10);
  expect(table?.type === 'table' && table.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ['Day', 'Opens'],
    ['Mon', '9:00'],
  ]);
  expect(text).toMatchObject({ type: 'paragraph', text: 'a | b is no table' });
});
