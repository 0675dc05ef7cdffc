import { describe, expect, it } from 'vitest';
import { failureOf, listBlocks, parse, zip } from '../testing/parse.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function docx(body: string, parts: Record<string, string> = {}, namespace = W): Uint8Array {
  const relations = Object.keys(parts)
    .map(
      (name, index) => `<Relationship Id="r${index}" Type="${R}/${name.replace(/\d*\.xml$/, '')}" Target="${name}"/>`,
    )
    .join('');
  const files: Record<string, string> = {
    '[Content_Types].xml':
      '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': `<Relationships><Relationship Id="a" Type="${R}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<?xml version="1.0"?><w:document ${namespace}><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships>${relations}</Relationships>`,
  };
  for (const [name, xml] of Object.entries(parts)) files[`word/${name}`] = xml;
  return zip(files);
}

const p = (text: string, properties = '') =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

describe('docx', () => {
  it('reads headings from styles and inherited styles, and counts lists', async () => {
    const styles = `<w:styles ${W}><w:style w:styleId="U1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="U1"/></w:style></w:styles>`;
    const numbering = `<w:numbering ${W}><w:abstractNum w:abstractNumId="5"><w:lvl><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:start w:val="1"/></w:lvl><w:lvl><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/><w:start w:val="1"/></w:lvl></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num></w:numbering>`;
    const item = (depth: number) => `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="2"/></w:numPr>`;
    const body = [
      p('Terms', '<w:pStyle w:val="Own"/>'),
      p('one', item(0)),
      p('deep', item(1)),
      p('two', item(0)),
      p('Plain.'),
    ];
    const document = await parse(docx(body.join(''), { 'styles.xml': styles, 'numbering.xml': numbering }), 'a.docx');
    expect(listBlocks(document, (block) => block.kind + (block.level ?? ''))).toEqual([
      'heading1: Terms',
      'list-item: 1. one',
      'list-item: 1.a) deep',
      'list-item: 2. two',
      'paragraph: Plain.',
    ]);
    expect(document).toMatchObject({ format: 'docx', title: 'Terms' });
  });

  it('reads tables, notes, comments, headers, text boxes and inserted text, but not deleted or hidden text', async () => {
    const body = `<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t> added</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r></w:p>
      <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>${p('Box')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${p('Box')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>
      <w:tbl><w:tr><w:tc>${p('A')}</w:tc><w:tc>${p('B')}${p('C')}</w:tc></w:tr><w:sdt><w:sdtContent><w:tr><w:tc>${p('D')}</w:tc><w:tc>${p('E')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>`;
    const document = await parse(
      docx(body, {
        'footnotes.xml': `<w:footnotes ${W}><w:footnote w:id="0" w:type="separator">${p('-')}</w:footnote><w:footnote w:id="3">${p('Small print')}</w:footnote></w:footnotes>`,
        'comments.xml': `<w:comments ${W}><w:comment w:author="Eva">${p('Really?')}</w:comment></w:comments>`,
        'header1.xml': `<w:hdr ${W}>${p('Secret')}</w:hdr>`,
        'header2.xml': `<w:hdr ${W}>${p('Secret')}</w:hdr>`,
      }),
      'a.docx',
    );
    expect(listBlocks(document)).toEqual([
      'paragraph: Kept added[1]',
      'paragraph: Box',
      'table-row: A | B C',
      'table-row: D | E',
      'paragraph: [1] Small print',
      'paragraph: Comment by Eva: Really?',
      'paragraph: Secret',
    ]);
    expect(document.text).toContain('A | B C\nD | E');
  });

  it('reads the strict dialect, detects the format by content and reports an empty document', async () => {
    expect((await parse(docx(p('Strict'), {}, STRICT), 'x.pdf')).format).toBe('docx');
    expect((await failureOf(parse(docx(''), 'x.docx'))).reason).toBe('empty');
    expect((await failureOf(parse(docx(p('text')).subarray(0, 300), 'x.docx'))).reason).toBe('damaged');
  });

  it('handles deep nesting and undefined entities', async () => {
    const deep = `${'<w:sdt>'.repeat(5000)}${p('deep')}${'</w:sdt>'.repeat(5000)}`;
    expect((await failureOf(parse(docx(deep), 'x.docx'))).reason).toBe('damaged');
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>';
    const file = docx(p('So &b; funny'));
    expect((await parse(file, 'x.docx')).text).toContain('So &b; funny');
    expect(laughs).toContain('ENTITY');
  });
});
