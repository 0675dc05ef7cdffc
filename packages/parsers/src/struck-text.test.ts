import { describe, expect, it } from 'vitest';
import { writeDocx, writeOdf, writePptx } from './testing/office-file.ts';
import { parse, zip } from './testing/parse.ts';

const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook with one cell of formatted text. */
function writeRichCell(runs: string): Uint8Array {
  const relations = (id: string, type: string, target: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/></Relationships>`;
  return zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    '_rels/.rels': relations('r1', 'officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${SHEET}" xmlns:r="${RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="s1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations('s1', 'worksheet', 'worksheets/sheet1.xml'),
    'xl/sharedStrings.xml': `<sst xmlns="${SHEET}"><si>${runs}</si></sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${SHEET}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`,
  });
}

describe('struck, raised and lowered text', () => {
  it('in DOCX, over several runs', async () => {
    const run = (format: string, text: string) =>
      `<w:r><w:rPr>${format}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
    const body = `<w:p>${run('', 'Was ')}${run('<w:strike/>', '99 ')}${run('<w:b/><w:dstrike/>', 'euros ')}${run('<w:strike w:val="0"/>', '79')}</w:p>`;
    expect((await parse(writeDocx(body), 'a.docx')).text).toBe('Was ~~99 euros~~ 79');
  });

  it('in PPTX', async () => {
    const slide =
      '<p:sp><p:txBody><a:p><a:r><a:t>Was </a:t></a:r><a:r><a:rPr strike="sngStrike"/><a:t>99</a:t></a:r><a:r><a:rPr strike="noStrike"/><a:t> 79</a:t></a:r></a:p></p:txBody></p:sp>';
    expect((await parse(writePptx([slide]), 'a.pptx')).text).toBe('Was ~~99~~ 79');
  });

  it('in ODT, by a style', async () => {
    const styles =
      '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>';
    const body = '<text:p>Was <text:span text:style-name="S">99</text:span> 79</text:p>';
    expect((await parse(writeOdf('text', body, styles), 'a.odt')).text).toBe('Was ~~99~~ 79');
  });

  it('in a cell of XLSX', async () => {
    const run = (format: string, text: string) => `<r><rPr>${format}</rPr><t xml:space="preserve">${text}</t></r>`;
    const cell = (runs: string) => parse(writeRichCell(runs), 'a.xlsx').then(({ text }) => text);
    const raised = run('<vertAlign val="superscript"/>', '3');
    expect(
      await cell(
        `${run('', '10')}${raised}${run('', ' l H')}${run('<vertAlign val="subscript"/>', '2')}${run('', 'O')}`,
      ),
    ).toBe('10^3 l H2O');
    expect(await cell(`${run('<strike/>', '99')}${run('<strike val="0"/>', ' 79')}`)).toBe('~~99~~ 79');
  });
});
