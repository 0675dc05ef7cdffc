import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';

const require = createRequire(import.meta.url);

export interface DrawnPage {
  width?: number;
  height?: number;
  /** Letter size in pixels. */
  size?: number;
  ink?: string;
  format?: 'png' | 'jpeg';
}

/**
 * Renders these lines in black on white, in a font that ships with pdf.js, so that the result is the same on every
 * machine.
 */
export function drawPage(lines: readonly string[], options: DrawnPage = {}): Buffer {
  const { width = 900, height = 1200, size = 34, ink = '#000', format = 'png' } = options;
  const folder = dirname(require.resolve('pdfjs-dist/package.json'));
  GlobalFonts.registerFromPath(join(folder, 'standard_fonts/LiberationSans-Regular.ttf'), 'Test Sans');
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = ink;
  context.font = `${size}px "Test Sans"`;
  for (const [index, line] of lines.entries()) context.fillText(line, size * 2, size * (3 + index * 1.5));
  return format === 'png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg');
}

/** A PDF page with text, a JPEG that covers it, or both. */
export interface PdfPage {
  text?: string;
  jpeg?: Buffer;
}

/** Builds a PDF with Letter pages and a correct cross-reference table. */
export function buildPdf(pages: readonly PdfPage[]): Buffer {
  const objects: Buffer[] = [];
  const add = (...parts: (string | Buffer)[]) =>
    objects.push(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));
  const first = 4;
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Kids [${pages.map((_, i) => `${first + i * 3} 0 R`).join(' ')}] /Count ${pages.length} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (const [index, { text, jpeg }] of pages.entries()) {
    const [contents, image] = [first + index * 3 + 1, first + index * 3 + 2];
    const resources = `<< /Font << /F1 3 0 R >>${jpeg ? ` /XObject << /Im ${image} 0 R >>` : ''} >>`;
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources ${resources} /Contents ${contents} 0 R >>`);
    const picture = jpeg ? 'q 612 0 0 792 0 0 cm /Im Do Q\n' : '';
    const content = `${picture}${text ? `BT /F1 8 Tf 40 60 Td (${text}) Tj ET` : ''}`;
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    if (!jpeg) add('null');
    else {
      const [height, width] = sizeOfJpeg(jpeg);
      const entries = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length}`;
      add(`<< ${entries} >>\nstream\n`, jpeg, '\nendstream');
    }
  }
  return assemble(objects);
}

function assemble(objects: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  let length = parts[0]?.length ?? 0;
  const offsets: number[] = [];
  const push = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    push(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]));
  }
  const start = length;
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`));
  push(Buffer.from(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

function sizeOfJpeg(jpeg: Buffer): [height: number, width: number] {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) return [jpeg.readUInt16BE(at + 5), jpeg.readUInt16BE(at + 7)];
  }
  throw new Error('no JPEG');
}
