import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { failureOf, listBlocks, parse, zip } from '../testing/parse.ts';

const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function relations(targets: Record<string, [type: string, target: string]>): string {
  const entries = Object.entries(targets).map(
    ([id, [type, target]]) => `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}"/>`,
  );
  return `<Relationships>${entries.join('')}</Relationships>`;
}

describe('pptx', () => {
  const shape = (type: string, ...lines: string[]) =>
    `<p:sp><p:nvSpPr><p:nvPr>${type ? `<p:ph type="${type}"/>` : ''}</p:nvPr></p:nvSpPr><p:txBody>${lines.map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`).join('')}</p:txBody></p:sp>`;
  const slide = (content: string) => `<p:sld><p:cSld><p:spTree>${content}</p:spTree></p:cSld></p:sld>`;

  it('reads slides in the order of the presentation, titles first, with tables, charts and notes', async () => {
    const table =
      '<p:graphicFrame><a:graphic><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>y</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphic></p:graphicFrame>';
    const chart = '<p:graphicFrame><a:graphic><c:chart r:id="c1"/></a:graphic></p:graphicFrame>';
    const file = zip({
      '[Content_Types].xml': '<Types>presentationml.presentation.main</Types>',
      '_rels/.rels': relations({ a: ['officeDocument', 'ppt/presentation.xml'] }),
      'ppt/presentation.xml':
        '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="s2"/><p:sldId id="257" r:id="s1"/></p:sldIdLst></p:presentation>',
      'ppt/_rels/presentation.xml.rels': relations({
        s1: ['slide', 'slides/slide1.xml'],
        s2: ['slide', '/ppt/slides/slide2.xml'],
      }),
      'ppt/slides/slide1.xml': slide(shape('', 'Late') + chart),
      'ppt/slides/slide2.xml': slide(
        shape('body', 'one', 'two') + shape('title', 'First') + table + shape('sldNum', '7'),
      ),
      'ppt/slides/_rels/slide1.xml.rels': relations({ c1: ['chart', '../charts/chart1.xml'] }),
      'ppt/slides/_rels/slide2.xml.rels': relations({ n: ['notesSlide', '../notesSlides/n.xml'] }),
      'ppt/charts/chart1.xml':
        '<c:chartSpace><c:chart><c:ser><c:tx><c:v>Sales</c:v></c:tx><c:cat><c:v>May</c:v></c:cat><c:val><c:v>7</c:v></c:val></c:ser></c:chart></c:chartSpace>',
      'ppt/notesSlides/n.xml': `<p:notes><p:cSld><p:spTree>${shape('body', 'Say hello')}</p:spTree></p:cSld></p:notes>`,
    });
    const document = await parse(file, 'talk.pptx');
    expect(listBlocks(document, (block) => `${block.page} ${block.kind}`)).toEqual([
      '1 heading: First',
      '1 list-item: one',
      '1 list-item: two',
      '1 table-row: x | y',
      '1 paragraph: Say hello',
      '2 paragraph: Late',
      '2 table-row: Sales | May: 7',
    ]);
    expect(document).toMatchObject({ pageCount: 2, title: 'First' });
  });
});

describe('spreadsheets', () => {
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet(
    [
      ['Name', 'Day', 'Empty', 'Share'],
      ['Ann', new Date(Date.UTC(2024, 1, 29)), null, 0.5],
    ],
    {
      cellDates: true,
      UTC: true,
    },
  );
  sheet.D2.z = '0%';
  utils.book_append_sheet(book, sheet, 'People');
  utils.book_append_sheet(book, utils.aoa_to_sheet([[null], [null, 'below']]), 'Other');

  it.each(['xlsx', 'biff8', 'ods'] as const)('reads %s sheets as pages and dates in one format', async (bookType) => {
    const bytes = new Uint8Array(write(book, { type: 'buffer', bookType, cellDates: bookType !== 'biff8' }));
    const document = await parse(bytes, 'no-name');
    const rows = listBlocks(document, (block) => `${block.page} ${block.section} ${block.kind}`);
    expect(rows[0]).toBe('1 People table-row: Name | Day | Empty | Share');
    expect(rows[1]).toMatch(/^1 People table-row: Ann \| 2024-02-29 \| \| (50%|0\.5)$/);
    expect(rows[2]).toBe('2 Other table-row: below');
    expect(document.pageCount).toBe(2);
  });
});

describe('OpenDocument', () => {
  const odf = (kind: string, body: string) =>
    zip({
      mimetype: `application/vnd.oasis.opendocument.${kind}`,
      'content.xml': `<office:document-content><office:automatic-styles/><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    });

  it('reads text with headings, lists, tables, notes, and without deleted text', async () => {
    const body = `<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h text:outline-level="2">Part<text:s text:c="2"/>A</text:h>
      <text:p>See<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>below</text:p></text:note-body></text:note></text:p>
      <text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>
      <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>`;
    expect(listBlocks(await parse(odf('text', body), 'a.odt'))).toEqual([
      'heading: Part  A',
      'paragraph: See[1]',
      'list-item: - item',
      'table-row: a | | | b',
      'paragraph: [1] below',
    ]);
  });

  it('reads presentations by slide', async () => {
    const page = (text: string) =>
      `<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame></draw:page>`;
    const document = await parse(odf('presentation', page('One') + page('Two')), 'a.odp');
    expect(listBlocks(document, (block) => `${block.page}`)).toEqual(['1: One', '2: Two']);
    expect(document.pageCount).toBe(2);
  });

  it('rejects encrypted files', async () => {
    const file = zip({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': 'noise',
      'META-INF/manifest.xml':
        '<m:manifest><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>',
    });
    expect((await failureOf(parse(file, 'a.odt'))).reason).toBe('encrypted');
  });
});

describe('epub', () => {
  const book = (files: Record<string, string>) =>
    zip({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OPS/b.opf"/></rootfiles></container>',
      'OPS/b.opf': `<package><metadata><dc:title>Tales</dc:title><dc:creator>Ida</dc:creator></metadata><manifest><item id="n" href="nav.xhtml" properties="nav"/><item id="one" href="c%201.xhtml"/><item id="two" href="two.xhtml"/></manifest><spine><itemref idref="two"/><itemref idref="one"/></spine></package>`,
      'OPS/nav.xhtml':
        '<html><body><nav><a href="two.xhtml">Begin</a><a href="c%201.xhtml#x">End</a></nav></body></html>',
      'OPS/c 1.xhtml': '<html><body><p>last</p></body></html>',
      'OPS/two.xhtml': '<html><body><h1>Start</h1><p>first</p></body></html>',
      ...files,
    });

  it('follows the spine and takes chapter titles from the table of contents', async () => {
    const document = await parse(book({}), 'b.epub');
    expect(listBlocks(document, (block) => block.section ?? '')).toEqual(['Begin: Start', 'Begin: first', 'End: last']);
    expect(document).toMatchObject({ title: 'Tales', metadata: { creator: 'Ida' } });
  });

  it('rejects DRM, but not obfuscated fonts', async () => {
    const encryption = (algorithm: string) =>
      `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`;
    const locked = book({ 'META-INF/encryption.xml': encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc') });
    expect((await failureOf(parse(locked, 'b.epub'))).reason).toBe('encrypted');
    const fonts = book({ 'META-INF/encryption.xml': encryption('http://www.idpf.org/2008/embedding') });
    expect((await parse(fonts, 'b.epub')).format).toBe('epub');
  });
});
