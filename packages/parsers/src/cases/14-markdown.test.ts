import { expect, it } from 'vitest';
import { listBlocks } from '../testing/parse.ts';
import { parseCase } from '../testing/read-case.ts';

const CASE = '14-markdown';

it('14: no headings out of code, and no comments', async () => {
  const document = await parseCase(CASE, 'comments.md');
  const blocks = listBlocks(document);
  expect(blocks.filter((block) => block.startsWith('heading'))).toEqual([
    'heading: Handbook',
    'heading: C#',
    'heading: C++',
  ]);
  expect(document.text).not.toMatch(/<!--|31337|4242/);
  expect(document.text).toContain('Hidden details 777.');
  expect(blocks).toContain('table-row: A|B | 5');
  expect(blocks).toContain('table-row: Pump | 60 days');
  expect(document.warnings).toEqual(['2 HTML comments were left out.']);
});

it('14: front matter', async () => {
  expect(await parseCase(CASE, 'front.md')).toMatchObject({
    title: 'Log',
    metadata: { year: '2024', tags: 'red, blue', draft: 'true' },
  });
});

it('14: no encoded images', async () => {
  const document = await parseCase(CASE, 'image.md');
  expect(document.text.length).toBeLessThan(300);
  expect(document.text).toContain('The wheel turns nine times a minute.');
  expect(document.warnings).toHaveLength(1);
});
