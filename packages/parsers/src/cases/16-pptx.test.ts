import { expect, it } from 'vitest';
import { listBlocks } from '../testing/parse.ts';
import { parseCase } from '../testing/read-case.ts';

it('reads slides in order, charts with gaps by category, links, alt text and list numbers', async () => {
  const document = await parseCase('16-pptx', 'depot.pptx');
  const lines = listBlocks(document, () => '').map((line) => line.slice(2));
  expect(lines).toContain('Adults | Jan: 310 | Mar: 275');
  expect(lines).toContain('Children | Jan: 120 | Feb: 95 | Mar: 80');
  expect(lines.filter((line) => line.startsWith('Step')).map((line) => line.slice(0, 6))).toEqual([
    'Step 1',
    'Step 2',
    'Step 3',
  ]);
  expect(lines).toEqual(expect.arrayContaining(['North | Winter | 22 | 9', 'All | | 53 | 21', 'Volume 10^3 litres']));
  expect(lines).toContain('[Image: Floor plan: exits at gates 2 and 5]');
  expect(lines).toContain('Booking (https://booking.example/room-7)');
  expect(lines.slice(-4)).toEqual(['Order of work', '1. Drain', '2. Clean', '3. Fill']);
  expect(document.text).not.toContain('margin 44 percent');
  expect(document.warnings.join()).toContain('Hidden slides left out: 4 "Hidden slide"');
});
