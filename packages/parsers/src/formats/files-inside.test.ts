import CFB from 'cfb';
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { OcrSettings } from '../ocr/settings.ts';
import { OcrNeeded } from '../ocr/settings.ts';
import { buildPdf, drawPage } from '../testing/draw-page.ts';
import { listBlocks, parse, zip } from '../testing/parse.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const ocr: OcrSettings = { languages: ['eng'], folders: [], pageDeadlineMs: 60_000 };

/** Builds a document with a paragraph and nested files: path -> relation and bytes. */
function docx(text: string, files: Record<string, [type: string, bytes: Uint8Array]> = {}): Uint8Array {
  const relations = Object.entries(files).map(
    ([path, [type]], i) => `<Relationship Id="r${i}" Type="${R}/${type}" Target="${path}"/>`,
  );
  return zip({
    '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`,
    '_rels/.rels': `<Relationships><Relationship Id="a" Type="${R}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${W}><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    ...Object.fromEntries(Object.entries(files).map(([path, [, bytes]]) => [`word/${path}`, bytes])),
  });
}

function mail(...attachments: [name: string, bytes: Uint8Array][]): string {
  const parts = attachments.map(([name, bytes]) =>
    [
      '--b',
      'Content-Type: application/octet-stream',
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      (
        Buffer.from(bytes)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join('\r\n'),
    ].join('\r\n'),
  );
  const head = [
    'From: a@example.com',
    'Subject: Files',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
  ];
  return [...head, '', '--b', 'Content-Type: text/plain', '', 'See below.', ...parts, '--b--', ''].join('\r\n');
}

function oleObject(label: string, data: Uint8Array): Uint8Array {
  const name = Buffer.from(`${label}\0`, 'latin1');
  const [four, size] = [Buffer.alloc(4), Buffer.alloc(4)];
  four.writeUInt32LE(name.byteLength);
  size.writeUInt32LE(data.byteLength);
  const body = Buffer.concat([Buffer.from([2, 0]), name, name, Buffer.from([0, 0, 3, 0]), four, name, size, data]);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.byteLength);
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, '/\u0001Ole10Native', Buffer.concat([head, body]));
  return Uint8Array.from(CFB.write(container, { type: 'buffer' }) as Buffer);
}

const places = (document: Awaited<ReturnType<typeof parse>>) => listBlocks(document, (block) => block.section ?? '-');

describe('nested files', () => {
  it('of a mail become part of its text, whatever their kind', async () => {
    const pdf = Uint8Array.from(buildPdf([{ text: 'First sheet.' }, { text: 'Second sheet.' }]));
    const document = await parse(mail(['offer.docx', docx('Seven cans.')], ['plan.pdf', pdf]), 'a.eml');
    expect(places(document).slice(2)).toEqual([
      '-: See below.',
      'offer.docx: Seven cans.',
      'plan.pdf: First sheet.',
      'plan.pdf: Second sheet.',
    ]);
    expect(document.blocks.at(-1)?.page).toBe(2);
    expect(document).toMatchObject({ format: 'eml', title: 'Files', warnings: [] });
    expect(document.pageCount).toBeUndefined();
  });

  it('of an Office document are read through their objects', async () => {
    const document = await parse(
      docx('Outer.', {
        'embeddings/inner.docx': ['package', docx('Inner.')],
        'embeddings/oleObject1.bin': ['oleObject', oleObject('C:\\notes.txt', strToU8('Written down.'))],
        'embeddings/oleObject2.bin': ['oleObject', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 9, 9)],
      }),
      'a.docx',
    );
    expect(places(document)).toEqual(['-: Outer.', 'inner.docx: Inner.', 'notes.txt: Written down.']);
    expect(document.warnings).toEqual([
      'The file "oleObject2.bin" embedded in this document was not read: It contains no text.',
    ]);
  });

  it('are read at most three levels deep', async () => {
    const nest = (depth: number): Uint8Array =>
      docx(`Level ${depth}.`, depth < 5 ? { 'embeddings/next.docx': ['package', nest(depth + 1)] } : {});
    const document = await parse(nest(0), 'a.docx');
    expect(document.blocks.length).toBe(4);
    expect(places(document).at(-1)).toBe('next.docx > next.docx > next.docx: Level 3.');
    expect(document.warnings).toEqual([
      'next.docx: next.docx: next.docx: The file "next.docx" embedded in this document was not read: It is nested more than 3 files deep. Upload it separately.',
    ]);
  });

  it('that are bombs, damaged or empty leave a warning, and the rest is read', async () => {
    const bomb = zip({ 'word/document.xml': new Uint8Array(40 * 1024 * 1024) });
    const whole = docx('Intact.');
    const document = await parse(
      mail(
        ['bomb.docx', bomb],
        ['cut.docx', whole.slice(0, 300)],
        ['none.txt', new Uint8Array()],
        ['good.docx', whole],
      ),
      'a.eml',
    );
    expect(places(document).at(-1)).toBe('good.docx: Intact.');
    expect(document.warnings.map((warning) => /"(.+?)"/.exec(warning)?.[1])).toEqual([
      'bomb.docx',
      'cut.docx',
      'none.txt',
    ]);
  });

  it('cannot exceed the limit of the whole text', async () => {
    const text = strToU8('word '.repeat(2000));
    await expect(parse(mail(['a.txt', text]), 'a.eml', { maxTextLength: 5000 })).rejects.toMatchObject({
      reason: 'too-large',
    });
  });
});

describe('images inside documents', { timeout: 60_000 }, () => {
  const picture = Uint8Array.from(
    drawPage(['The harbour master counted nine boats.'], { height: 400, format: 'jpeg' }),
  );
  const withPicture = docx('Words.', { 'media/image1.jpeg': ['image', picture] });

  it('are read by OCR at their position', async () => {
    const document = await parse(withPicture, 'a.docx', {}, ocr);
    expect(places(document)).toEqual(['-: Words.', 'Image image1.jpeg: The harbour master counted nine boats.']);
  });

  it('pass the file to a child with OCR, and are skipped without one', async () => {
    await expect(parse(withPicture, 'a.docx', {}, 'defer')).rejects.toBeInstanceOf(OcrNeeded);
    expect(places(await parse(withPicture, 'a.docx'))).toEqual(['-: Words.']);
  });

  it('are read on the pages that contain them', async () => {
    const data = Buffer.from(picture).toString('base64');
    const html = `<html><body><p>Words.</p><img src="data:image/jpeg;base64,${data}"><img src="data:image/png;base64,">
      <img src="https://example.com/a.png"><img src="data:text/html,x"></body></html>`;
    const document = await parse(html, 'a.html', {}, ocr);
    expect(places(document)).toEqual(['-: Words.', 'Image 1: The harbour master counted nine boats.']);
  });

  it('are read in the book chapter that shows them', async () => {
    const book = zip({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': '<container><rootfiles><rootfile full-path="o/b.opf"/></rootfiles></container>',
      'o/b.opf':
        '<package><manifest><item id="c" href="c.xhtml"/></manifest><spine><itemref idref="c"/></spine></package>',
      'o/c.xhtml': '<html><body><p>Chapter.</p><img src="i/p.jpg"/><img src="../../../etc/passwd"/></body></html>',
      'o/i/p.jpg': picture,
    });
    const document = await parse(book, 'a.epub', {}, ocr);
    expect(places(document)).toEqual(['-: Chapter.', 'Image p.jpg: The harbour master counted nine boats.']);
  });

  it('that are small or damaged add at most a warning', async () => {
    const damaged = picture.slice(0, 9000);
    damaged.fill(0, 300);
    const parts: Parameters<typeof docx>[1] = { 'media/small.jpeg': ['image', picture.slice(0, 4000)] };
    const document = await parse(docx('Words.', { ...parts, 'media/bad.jpeg': ['image', damaged] }), 'a.docx', {}, ocr);
    expect(places(document)).toEqual(['-: Words.']);
    expect(document.warnings).toEqual(['The image "bad.jpeg" could not be read and was skipped.']);
  });
});
