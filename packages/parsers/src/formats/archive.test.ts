import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { failureOf, listBlocks, parse, zip } from '../testing/parse.ts';

function tar(files: Record<string, string>): Uint8Array {
  const blocks = Object.entries(files).map(([path, content]) => {
    const header = Buffer.alloc(512);
    header.write(path);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    header.write('ustar\x0000', 257);
    return Buffer.concat([
      header,
      Buffer.alloc(Math.ceil(content.length / 512) * 512, 0).fill(content, 0, content.length),
    ]);
  });
  return new Uint8Array(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const FILES = { 'notes/a.txt': 'The first note.', 'notes/b.md': '# Second\n\nThe second note.', '__MACOSX/x': 'junk' };
const places = async (bytes: Uint8Array, name: string) =>
  listBlocks(await parse(bytes, name), (block) => block.section ?? '-').filter((line) => line.includes('note.'));

describe('archives', () => {
  it.each([
    ['a.zip', zip(FILES)],
    ['a.tar', tar({ 'notes/a.txt': FILES['notes/a.txt'], 'notes/b.md': FILES['notes/b.md'] })],
    ['a.tar.gz', gzipSync(tar({ 'notes/a.txt': FILES['notes/a.txt'], 'notes/b.md': FILES['notes/b.md'] }))],
  ])('%s: every document is read under its path', async (name, bytes) => {
    expect(await places(bytes, name)).toEqual(['notes/a.txt: The first note.', 'notes/b.md: The second note.']);
  });

  it('names the files that are not read', async () => {
    const file = zip({ 'a.txt': 'Words.', 'b.bin': new Uint8Array(100), 'c.docx': zip({ 'word/document.xml': '' }) });
    const { warnings } = await parse(file, 'a.zip');
    expect(warnings.map((warning) => /"(.+?)"/.exec(warning)?.[1])).toEqual(['b.bin', 'c.docx']);
  });

  it('reads archives in archives to the limit of depth', async () => {
    let file = zip({ 'deep.txt': 'Deep words.' });
    for (let depth = 0; depth < 2; depth++) file = zip({ [`${depth}.zip`]: file });
    expect((await parse(file, 'a.zip')).text).toBe('Deep words.');
    for (let depth = 2; depth < 5; depth++) file = zip({ [`${depth}.zip`]: file, 'top.txt': 'Top.' });
    expect((await parse(file, 'a.zip')).warnings.join()).toContain('nested more than 3 files deep');
  });

  it('rejects bombs, archives without documents, and kinds it cannot unpack', async () => {
    const zeros = gzipSync(new Uint8Array(40 * 1024 * 1024));
    expect((await failureOf(parse(zeros, 'a.gz'))).reason).toBe('too-large');
    expect((await failureOf(parse(zipSync({ 'a.bin': new Uint8Array(40 * 1024 * 1024) }), 'a.zip'))).reason).toBe(
      'too-large',
    );
    expect((await failureOf(parse(zip({ 'a.bin': new Uint8Array(9) }), 'a.zip'))).message).toContain('a.bin');
    const seven = await failureOf(parse(strToU8('7z\xbc\xaf\x27\x1c', true), 'a.7z'));
    expect(seven.message).toContain('This file is a 7z archive');
    expect(seven.reason).toBe('unsupported');
  });

  it('unpacks a single compressed file', async () => {
    expect(await places(gzipSync(strToU8('The only note.')), 'only.txt.gz')).toEqual(['only.txt: The only note.']);
  });
});

describe('other containers', () => {
  it('reads the shapes of Visio pages', async () => {
    const file = zip({
      '[Content_Types].xml': '<Types/>',
      'visio/document.xml': '<VisioDocument/>',
      'visio/pages/pages.xml': '<Pages><Page ID="0" Name="Flow"><Rel r:id="rId1"/></Page></Pages>',
      'visio/pages/_rels/pages.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="http://schemas.microsoft.com/visio/2010/relationships/page" Target="page1.xml"/></Relationships>',
      'visio/pages/page1.xml':
        '<PageContents><Shapes><Shape ID="1"><Section N="Property"><Row N="Owner"><Cell N="Label" V="Owner"/><Cell N="Value" V="Ida"/></Row></Section><Text><cp IX="0"/>Open valve 7</Text></Shape></Shapes></PageContents>',
    });
    expect(listBlocks(await parse(file, 'a.vsdx'), ({ page, section }) => `${page} ${section}`)).toEqual([
      '1 Flow: Open valve 7',
      '1 Flow: Owner: Ida',
    ]);
  });

  it('says what to do with Apple, OneNote and DjVu files', async () => {
    const pages = zip({ 'Index/Document.iwa': 'x', 'preview.jpg': 'x' });
    expect((await failureOf(parse(pages, 'a.pages'))).message).toContain('Export it as PDF');
    const note = Uint8Array.from([0xe4, 0x52, 0x5c, 0x7b, 0x8c, 0xd8, 0xa7, 0x4d, 0xae, 0xb1, 0x53, 0x78, 0, 0]);
    expect((await failureOf(parse(note, 'a.one'))).message).toContain('OneNote');
    expect((await failureOf(parse('AT&TFORM\0\0\0\x10DJVU', 'a.djvu'))).message).toContain('DjVu');
  });
});
