import { ParseFailure } from '@lorebox/ports/parser';
import CFB from 'cfb';
import { type DecodedText, decodeText } from './decode-text.ts';
import { detectTextKind, hasMailHead } from './detect-text.ts';
import type { Format } from './formats/registry.ts';
import type { ParseLimits } from './limits.ts';
import { detectSignature } from './signatures.ts';
import { openZip, type ZipFile } from './zip.ts';

export interface Detected {
  format: Format;
  /** Present for text formats. */
  decoded?: DecodedText;
}

/** Detects the format by content. The name is only used to choose among text formats. */
export function detectFormat(bytes: Uint8Array, filename: string, limits: ParseLimits): Detected {
  const signature = detectSignature(bytes.subarray(0, 4096));
  if (signature === 'zip') return { format: detectZip(openZip(bytes, limits)) };
  if (signature === 'cfb') return { format: detectCfb(bytes) };
  if (signature) return { format: signature };
  const decoded = decodeText(bytes);
  if (!decoded) return { format: hasMailHead(bytes) ? 'eml' : 'unknown' };
  return { format: detectTextKind(decoded.text, filename), decoded };
}

const OPEN_DOCUMENT: Record<string, Format> = {
  text: 'odt',
  'text-template': 'odt',
  'text-master': 'odt',
  'text-web': 'odt',
  spreadsheet: 'ods',
  'spreadsheet-template': 'ods',
  presentation: 'odp',
  'presentation-template': 'odp',
  graphics: 'odp',
  'graphics-template': 'odp',
};

function readSmall(zip: ZipFile, name: string): string {
  const bytes = zip.read(name);
  return bytes ? Buffer.from(bytes.subarray(0, 262_144)).toString('utf8') : '';
}

export function detectZip(zip: ZipFile): Format {
  if (zip.has('mimetype')) {
    const type = readSmall(zip, 'mimetype').trim();
    if (type.startsWith('application/epub+zip')) return 'epub';
    const kind = /^application\/vnd\.(?:oasis\.opendocument|sun\.xml)\.([\w-]+)/.exec(type)?.[1];
    const format = kind ? OPEN_DOCUMENT[kind] : undefined;
    if (format) return format;
  }
  if (zip.has('META-INF/container.xml') && readSmall(zip, 'META-INF/container.xml').includes('rootfile')) return 'epub';
  if (zip.has('[Content_Types].xml')) {
    const types = readSmall(zip, '[Content_Types].xml');
    if (/wordprocessingml|ms-word\.(document|template)/i.test(types) && hasFolder(zip, 'word/')) return 'docx';
    if (/spreadsheetml|ms-excel/i.test(types) && hasFolder(zip, 'xl/')) return 'xlsx';
    if (/presentationml|ms-powerpoint/i.test(types) && hasFolder(zip, 'ppt/')) return 'pptx';
    if (/wordprocessingml\.document\.main/i.test(types)) return 'docx';
    if (/presentationml\.presentation\.main/i.test(types)) return 'pptx';
    if (/spreadsheetml\.sheet\.main/i.test(types)) return 'xlsx';
  }
  if (zip.has('visio/document.xml')) return 'vsdx';
  if (isIwork(zip)) return 'iwork';
  if (zip.has('word/document.xml')) return 'docx';
  if (zip.has('ppt/presentation.xml')) return 'pptx';
  if (zip.has('xl/workbook.xml')) return 'xlsx';
  return 'archive';
}

function isIwork(zip: ZipFile): boolean {
  return ['Index/Document.iwa', 'Index.zip', 'index.apxl', 'index.xml.gz', 'QuickLook/Preview.pdf'].some((name) =>
    zip.has(name),
  );
}

function hasFolder(zip: ZipFile, folder: string): boolean {
  for (const name of zip.entries.keys()) if (name.startsWith(folder)) return true;
  return false;
}

/** Detects the older Office container, which is also used for encrypted files of the newer formats. */
export function detectCfb(bytes: Uint8Array): Format {
  let paths: string[];
  try {
    paths = CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { type: 'buffer' }).FullPaths;
  } catch (cause) {
    throw new ParseFailure('damaged', 'This file is damaged or incomplete. Upload a complete copy.', { cause });
  }
  // Only the top folder counts, because embedded objects add streams of other programs.
  const names = new Set(
    paths
      .map((path) => path.split('/'))
      .filter((path) => path.length === 2)
      .map((path) => path[1]),
  );
  if (names.has('EncryptedPackage')) {
    throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.');
  }
  if (names.has('__properties_version1.0')) return 'msg';
  if (names.has('WordDocument')) return 'doc';
  if (names.has('PowerPoint Document')) return 'ppt';
  if (names.has('Workbook') || names.has('Book')) return 'xls';
  return 'unknown';
}
