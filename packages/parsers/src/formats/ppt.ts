import { ParseFailure } from '@lorebox/ports/parser';
import CFB from 'cfb';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';

const DOCUMENT = 0x03e8;
const SLIDE = 0x03ee;
const NOTES = 0x03f0;
const SLIDE_PERSIST = 0x03f3;
const TEXT_HEADER = 0x0f9f;
const TEXT_CHARS = 0x0fa0;
const TEXT_BYTES = 0x0fa8;
const SLIDE_LIST = 0x0ff0;
const USER_EDIT = 0x0ff5;
const PERSIST_DIRECTORY = 0x1772;
const TITLES = new Set([0, 6]);

interface PptRecord {
  type: number;
  instance: number;
  start: number;
  end: number;
  isContainer: boolean;
}

/** Reads the records of one level. Lengths are not trusted: records end at the latest where their parent ends. */
function* readRecords(data: Buffer, start: number, end: number): Generator<PptRecord> {
  for (let at = start; at + 8 <= end; ) {
    const head = data.readUInt16LE(at);
    const body = at + 8;
    const stop = Math.min(end, body + data.readUInt32LE(at + 4));
    yield {
      type: data.readUInt16LE(at + 2),
      instance: head >> 4,
      start: body,
      end: stop,
      isContainer: (head & 15) === 15,
    };
    at = stop;
  }
}

interface Text {
  type: number;
  text: string;
}

/** Returns the text atoms below a record, in order, without recursion. */
function collectTexts(data: Buffer, top: PptRecord): Text[] {
  const texts: Text[] = [];
  const stack = [readRecords(data, top.start, top.end)];
  let type = 4;
  while (stack.length > 0 && stack.length < 100) {
    const next = stack[stack.length - 1]?.next();
    if (!next || next.done) {
      stack.pop();
      continue;
    }
    const record = next.value;
    if (record.isContainer) stack.push(readRecords(data, record.start, record.end));
    else if (record.type === TEXT_HEADER && record.end - record.start >= 4) type = data.readUInt32LE(record.start);
    else if (record.type === TEXT_CHARS) texts.push({ type, text: data.toString('utf16le', record.start, record.end) });
    else if (record.type === TEXT_BYTES) texts.push({ type, text: data.toString('latin1', record.start, record.end) });
  }
  return texts;
}

/** Returns the offset of each persistent object. Later edits come first and take precedence. */
function readPersistOffsets(data: Buffer, currentEdit: number): Map<number, number> {
  const offsets = new Map<number, number>();
  let edit = currentEdit;
  for (let rounds = 0; edit > 0 && edit + 28 <= data.length && rounds < 1000; rounds++) {
    if (data.readUInt16LE(edit + 2) !== USER_EDIT) break;
    const directory = data.readUInt32LE(edit + 20);
    if (directory + 8 > data.length || data.readUInt16LE(directory + 2) !== PERSIST_DIRECTORY) break;
    const end = Math.min(data.length, directory + 8 + data.readUInt32LE(directory + 4));
    for (let at = directory + 8; at + 4 <= end; ) {
      const head = data.readUInt32LE(at);
      at += 4;
      for (let index = 0; index < head >>> 20 && at + 4 <= end; index++, at += 4) {
        const id = (head & 0xfffff) + index;
        if (!offsets.has(id)) offsets.set(id, data.readUInt32LE(at));
      }
    }
    edit = data.readUInt32LE(edit + 16);
  }
  return offsets;
}

function addTexts(document: DocumentBuilder, texts: Text[], seen: Set<string>): void {
  for (const { type, text } of texts) {
    for (const line of text.split(/[\r\n]/)) {
      const key = `${document.page} ${line.trim()}`;
      // Placeholders store their text both in the outline and on the slide.
      if (line.trim() === '' || line.trim() === '*' || seen.has(key)) continue;
      seen.add(key);
      if (TITLES.has(type)) document.add('heading', line, { level: 2 });
      else document.add(type === 1 ? 'list-item' : 'paragraph', line);
    }
  }
}

function recordAt(data: Buffer, offset: number | undefined): PptRecord | undefined {
  return offset === undefined ? undefined : readRecords(data, offset, data.length).next().value || undefined;
}

/** Adds slides in the order of the slide list, each with its outline text and the text on the slide itself. */
function addSlides(document: DocumentBuilder, data: Buffer, offsets: Map<number, number>): number {
  const top = [...readRecords(data, 0, data.length)].filter((record) => record.type === DOCUMENT).pop();
  if (!top) return 0;
  const seen = new Set<string>();
  let count = 0;
  for (const list of readRecords(data, top.start, top.end)) {
    if (list.type !== SLIDE_LIST || list.instance === 1) continue;
    let page = 0;
    let outline: Text[] = [];
    let slide: PptRecord | undefined;
    const flush = () => {
      if (page === 0) return;
      document.page = page;
      document.section = list.instance === 2 ? 'Notes' : undefined;
      const texts = slide && (slide.type === SLIDE || slide.type === NOTES) ? collectTexts(data, slide) : [];
      addTexts(document, [...outline, ...texts], seen);
    };
    let type = 4;
    for (const record of readRecords(data, list.start, list.end)) {
      if (record.type === SLIDE_PERSIST) {
        flush();
        page++;
        outline = [];
        slide = recordAt(data, offsets.get(data.readUInt32LE(record.start)));
      } else if (record.type === TEXT_HEADER) type = data.readUInt32LE(record.start);
      else
        outline.push(...collectTexts(data, { ...record, start: record.start - 8 }).map((text) => ({ ...text, type })));
    }
    flush();
    if (list.instance === 0) count = page;
  }
  return count;
}

export const pptParser = defineFormat({
  formats: ['ppt'],
  parse(bytes, { document }) {
    const container = CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { type: 'buffer' });
    const content = CFB.find(container, '/PowerPoint Document')?.content;
    const user = CFB.find(container, '/Current User')?.content;
    if (!content) throw new Error('no PowerPoint Document stream');
    const data = Buffer.from(content as Uint8Array);
    const current = user ? Buffer.from(user as Uint8Array) : undefined;
    if (current && current.length >= 16 && current.readUInt32LE(12) === 0xf3d1c4df) {
      throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.');
    }
    const offsets = readPersistOffsets(data, current && current.length >= 20 ? current.readUInt32LE(16) : 0);
    const count = addSlides(document, data, offsets);
    document.section = undefined;
    if (count > 0) document.pageCount = count;
    // For damaged or unusual files, adds all texts in stream order.
    if (document.textLength === 0) {
      document.page = undefined;
      addTexts(
        document,
        collectTexts(data, { type: 0, instance: 0, start: 0, end: data.length, isContainer: true }),
        new Set(),
      );
    }
  },
});
