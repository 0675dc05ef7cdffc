import iconv from 'iconv-lite';
import { decodeAs, decodeText, findBom } from './decode-text.ts';

const LABEL = /charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,40})/gi;
const BOUNDARY = /boundary\s{0,5}=\s{0,5}(?:"([^"\r\n]{1,100})"|([^\s";]{1,100}))/gi;
const ENCODING = /^content-transfer-encoding:[ \t]*([\w-]{1,40})[^\r\n]*/im;
/** Mails with more parts in rare encodings than this are made to waste time. */
const MAX_PARTS = 100;
const MAX_HEADER_LENGTH = 65_536;

interface MailPart {
  headerStart: number;
  bodyStart: number;
  end: number;
  label: string;
}

/**
 * Rewrites the text parts of a mail as UTF-8 if they are in encodings that the mail library doesn't know, such as UTF-7,
 * that it takes for others, such as UTF-16 with the high byte first, or in others than they say.
 */
export function transcodeParts(bytes: Uint8Array): Uint8Array {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const parts = findParts(raw);
  if (parts.length === 0) return bytes;
  let written = '';
  let from = 0;
  for (const { headerStart, bodyStart, end, label } of parts) {
    const header = raw.slice(headerStart, bodyStart).trimEnd();
    const text = decodePart(readBody(raw.slice(bodyStart, end), ENCODING.exec(header)?.[1]), label);
    if (text === undefined) continue;
    const rest = header.replace(LABEL, (found, name: string) => `${found.slice(0, -name.length)}utf-8`);
    const transfer = 'Content-Transfer-Encoding: base64';
    const head = ENCODING.test(rest) ? rest.replace(ENCODING, transfer) : `${rest}\r\n${transfer}`;
    const body = Buffer.from(text, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n');
    written += `${raw.slice(from, headerStart)}${head}\r\n\r\n${body}`;
    from = end;
  }
  return Buffer.from(written + raw.slice(from), 'latin1');
}

function findParts(raw: string): MailPart[] {
  const labels = [...raw.matchAll(LABEL)].filter(([, label]) => isRare(label ?? '')).slice(0, MAX_PARTS);
  if (labels.length === 0) return [];
  const boundaries = [...raw.matchAll(BOUNDARY)].slice(0, MAX_PARTS).map(([, quoted, plain]) => quoted ?? plain ?? '');
  const parts: MailPart[] = [];
  for (const { index, 1: label = '' } of labels) {
    const last = parts.at(-1);
    if (last && index < last.end) continue;
    const before = raw.slice(Math.max(0, index - MAX_HEADER_LENGTH), index);
    // A header follows an empty line or a boundary.
    const above = Math.max(...['\n\n', '\n\r\n', '\n--'].map((sign) => before.lastIndexOf(sign)));
    const headerStart = above < 0 ? index - before.length : lineAfter(raw, index - before.length + above + 1);
    const after = /\r?\n\r?\n/.exec(raw.slice(index, index + MAX_HEADER_LENGTH));
    if (!after) continue;
    const bodyStart = index + after.index + after[0].length;
    const header = raw.slice(headerStart, bodyStart);
    // Attached files may name their own encoding.
    if (!/^content-type:\s{0,5}text\//im.test(header) || /^content-disposition:\s{0,5}attachment/im.test(header))
      continue;
    parts.push({ headerStart, bodyStart, end: findEnd(raw, bodyStart, boundaries), label });
  }
  return parts;
}

/** Mails that name these are often in UTF-8. */
const WESTERN = /^(?:us-ascii|iso-8859-1|latin1|windows-1252)$/i;

function isRare(label: string): boolean {
  const name = label.toLowerCase();
  if (WESTERN.test(name)) return true;
  if (/^(?:x-)?(?:unicode-1-1-)?utf-?(?:7|16|32)/.test(name)) return true;
  try {
    return new TextDecoder(name) === undefined;
  } catch {
    return true;
  }
}

function lineAfter(raw: string, at: number): number {
  const end = raw.indexOf('\n', at);
  return end < 0 ? raw.length : end + 1;
}

function findEnd(raw: string, from: number, boundaries: readonly string[]): number {
  for (let at = raw.indexOf('\n--', from - 1); at >= 0; at = raw.indexOf('\n--', at + 1)) {
    if (boundaries.some((boundary) => raw.startsWith(boundary, at + 3)))
      return raw[at - 1] === '\r' ? Math.max(from, at - 1) : Math.max(from, at);
  }
  return raw.length;
}

function readBody(body: string, encoding = ''): Buffer {
  if (/^base64$/i.test(encoding)) return Buffer.from(body, 'base64');
  if (!/^quoted-printable$/i.test(encoding)) return Buffer.from(body, 'latin1');
  const plain = body
    .replace(/=[ \t]{0,20}\r?\n/g, '')
    .replace(/=([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(plain, 'latin1');
}

/** Undefined if the bytes make no sense in that encoding. */
function decodePart(content: Buffer, label: string): string | undefined {
  const wide = /^utf-?(?:16|32)/i.test(label);
  // Half a letter at the end is the line end that the mail added.
  const bytes = wide && content.length % 2 === 1 ? content.subarray(0, -1) : content;
  const bom = wide ? findBom(bytes) : undefined;
  if (bom) return decodeAs(bytes.subarray(bom.length), bom.encoding);
  if (/^(?:x-)?(?:unicode-1-1-)?utf-?7$/i.test(label)) return iconv.decode(bytes, 'utf-7');
  // Without a mark, the high byte is first by the standard and last in practice.
  if (wide && !/[bl]e$/i.test(label)) return decodeText(bytes)?.text ?? decodeAs(bytes, 'utf-16be');
  if (WESTERN.test(label)) return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  return decodeAs(bytes, label) ?? decodeText(bytes)?.text;
}

/** Letters of other encodings hardly ever form valid sequences. */
function isUtf8(bytes: Buffer): boolean {
  return bytes.some((byte) => byte > 127) && !bytes.toString('utf8').includes('\ufffd');
}
