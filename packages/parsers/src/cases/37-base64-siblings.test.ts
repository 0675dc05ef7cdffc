import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from '../testing/parse.ts';
import { parseCase } from '../testing/read-case.ts';

const CASE = '37-base64-siblings';
const NOTE = 'Encoded data, such as embedded images, was replaced by a note (1 part).';

it('37: JSON', async () => {
  const document = await parseCase(CASE, 'export.json');
  expect(document.text).toBe('name: Ada\nphoto: [image/png, 12 kB]\n\nnote: Likes trains');
  expect(document.warnings).toEqual([NOTE]);
});

it('37: notebooks keep errors and HTML', async () => {
  const { text } = await parseCase(CASE, 'nb.ipynb');
  expect(text).toContain('ValueError: bad valve');
  expect(text).toContain('only html 6161');
  expect(text.length).toBeLessThan(300);
});

const json = readFileSync(new URL(`../testing/cases/${CASE}/export.json`, import.meta.url), 'utf8');
const { photo } = JSON.parse(json.split('\n')[0] ?? json) as { photo: string };

it.each([
  ['a.csv', `name,photo\nAda,${photo}\nBob,none\n`],
  ['a.xml', `<p><name>Ada</name><photo>${photo.slice(22)}</photo><note>Bob</note></p>`],
  ['a.css', `.Ada { background: url(${photo}); }\n.Bob { color: red }\n`],
  ['a.md', `Ada\n\n![x](${photo})\n\nBob`],
  ['a.txt', `Ada\n\n${photo.slice(22).replace(/.{76}/g, '$&\n')}\n\nBob`],
  ['a.vcf', `BEGIN:VCARD\nFN:Ada\nPHOTO;ENCODING=b:${photo.slice(22)}\nNOTE:Bob\nEND:VCARD\n`],
  ['a.html', `<html><p>Ada</p><img src="${photo}"><p>Bob</p></html>`],
])('37: %s', async (name, content) => {
  const { text } = await parse(content, name);
  expect(text).toContain('Ada');
  expect(text).toContain('Bob');
  expect(text.length).toBeLessThan(200);
});
