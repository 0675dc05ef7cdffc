import { deflateSync } from 'node:zlib';
import { TextGenerator } from './texts.ts';

const LINE = 90;
const LINES = 48;

/** Creates a PDF of prose with a heading on each page, using the text and font operators of word processors. */
export function makePdf(pages: number, seed: number, marker = ''): Buffer {
  const texts = new TextGenerator(seed);
  const objects: Buffer[] = [];
  const add = (body: string | Buffer) => objects.push(Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1'));
  add('<< /Type /Catalog /Pages 2 0 R >>');
  const kids = Array.from({ length: pages }, (_, i) => `${4 + i * 2} 0 R`).join(' ');
  add(`<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>');
  for (let page = 0; page < pages; page += 1) {
    const content = deflateSync(Buffer.from(pageContent(page + 1, texts, page === 0 ? marker : ''), 'latin1'));
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + page * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    );
    const head = Buffer.from(`<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`, 'latin1');
    add(Buffer.concat([head, content, Buffer.from('\nendstream', 'latin1')]));
  }
  return assemble(objects);
}

function pageContent(number: number, texts: TextGenerator, marker: string): string {
  const lines = [marker, ...wrap(texts.text(460))].slice(0, LINES);
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  return `BT /F1 16 Tf 60 790 Td (Section ${number}) Tj ET\nBT /F1 11 Tf 14 TL 60 760 Td\n${shown}\nET`;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line.length + word.length >= LINE) {
        lines.push(line);
        line = '';
      }
      line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line, '');
  }
  return lines;
}

function assemble(objects: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n', 'latin1')];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  const push = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const [i, body] of objects.entries()) {
    offsets.push(at);
    push(Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`, 'latin1'), body, Buffer.from('\nendobj\n', 'latin1')]));
  }
  const start = at;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}`, 'latin1'));
  push(Buffer.from(`trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(parts);
}
