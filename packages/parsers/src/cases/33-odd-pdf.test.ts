import { expect, it } from 'vitest';
import { failureOf, listBlocks } from '../testing/parse.ts';
import { listRows, parseCase } from '../testing/read-case.ts';

const CASE = '33-odd-pdf';

it('33: a bookmark applies from its own page on', async () => {
  const { blocks } = await parseCase(CASE, 'sections-none.pdf');
  const sections = new Map(blocks.map(({ page, section }) => [page, section]));
  expect(Object.fromEntries(sections)).toEqual({ 1: 'Harbour', 2: 'Station', 3: 'Airport' });
});

it('33: text drawn twice is there once', async () => {
  const { text } = await parseCase(CASE, 'fakebold.pdf');
  expect(text.match(/Total due 815 EUR/g)).toHaveLength(1);
});

it('33: pages keep their numbers, blank ones count', async () => {
  const document = await parseCase(CASE, 'pages.pdf');
  const texts = listBlocks(document, ({ page }) => `${page}`);
  expect(texts).toContain('1: Preface about the weather.');
  expect(texts).toContain('4: The tower was built in 1934.');
  expect(texts).toContain('5: The dock was built in 1950.');
});

it('33: form fields, boxes and lists', async () => {
  const { text } = await parseCase(CASE, 'form.pdf');
  for (const line of ['Name: Grace Hopper', 'Parking wanted: yes', 'Pets kept: no', 'Region: Baltic'])
    expect(text).toContain(line);
});

it('33: rotated pages', async () => {
  expect(listRows(await parseCase(CASE, 'rotated.pdf'))[1]).toEqual(['B1', '120', '7']);
});

it('33: passwords', async () => {
  expect((await failureOf(parseCase(CASE, 'locked.pdf'))).reason).toBe('encrypted');
  expect((await parseCase(CASE, 'owneronly.pdf')).text).toMatch(/\p{L}{3}/u);
});

it('33: a truncated file is read or fails with a reason', async () => {
  const result = await parseCase(CASE, 'truncated.pdf').then(
    ({ text }) => text,
    ({ reason }) => reason,
  );
  expect(result).toMatch(/\p{L}{3}/u);
});
