/** The contents of a winmail.dat file (MS-OXTNEF). */
export interface TnefMessage {
  text?: string;
  html?: Uint8Array;
  compressedRtf?: Uint8Array;
  attachments: { name: string; content: Uint8Array }[];
}

const SIGNATURE = 0x223e9f78;
const HEADER_BYTES = 6;
const ATTACH_RENDER = 0x9002;
const ATTACH_TITLE = 0x8010;
const ATTACH_DATA = 0x800f;
const ATTACH_PROPERTIES = 0x9005;
const MESSAGE_PROPERTIES = 0x9003;
const BODY = 0x800c;
const MAX_PROPERTIES = 10_000;

const BODY_TEXT = 0x1000;
const BODY_RTF = 0x1009;
const BODY_HTML = 0x1013;
const LONG_NAME = 0x3707;
const ATTACHED_BYTES = 0x3701;

const STRING8 = 0x1e;
const UNICODE = 0x1f;
const OBJECT = 0x0d;
const BINARY = 0x102;

export function readTnef(bytes: Uint8Array): TnefMessage | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < HEADER_BYTES || data.readUInt32LE(0) !== SIGNATURE) return undefined;
  const message: TnefMessage = { attachments: [] };
  // Each attribute is a level, an id, a length, the data and a checksum.
  for (let at = HEADER_BYTES; at + 9 <= data.length; ) {
    const id = data.readUInt16LE(at + 1);
    const length = data.readUInt32LE(at + 5);
    const value = data.subarray(at + 9, at + 9 + length);
    readAttribute(message, id, value);
    at += 9 + length + 2;
  }
  return message;
}

function readAttribute(message: TnefMessage, id: number, value: Buffer): void {
  const attachment = message.attachments.at(-1);
  if (id === ATTACH_RENDER) message.attachments.push({ name: 'attachment', content: new Uint8Array() });
  else if (id === ATTACH_TITLE && attachment) attachment.name = trimZeros(value.toString('latin1'));
  else if (id === ATTACH_DATA && attachment) attachment.content = new Uint8Array(value);
  else if (id === BODY) message.text ??= trimZeros(value.toString('latin1'));
  else if (id === MESSAGE_PROPERTIES) {
    const properties = readProperties(value);
    message.text = textOf(properties.get(BODY_TEXT)) ?? message.text ?? '';
    const html = properties.get(BODY_HTML)?.bytes;
    const rtf = properties.get(BODY_RTF)?.bytes;
    if (html) message.html = new Uint8Array(html);
    if (rtf) message.compressedRtf = new Uint8Array(rtf);
  } else if (id === ATTACH_PROPERTIES && attachment) {
    const properties = readProperties(value);
    attachment.name = textOf(properties.get(LONG_NAME)) || attachment.name;
    const content = properties.get(ATTACHED_BYTES)?.bytes;
    if (content && attachment.content.byteLength === 0) attachment.content = new Uint8Array(content);
  }
}

interface Property {
  type: number;
  bytes: Buffer;
}

function textOf(property: Property | undefined): string | undefined {
  if (!property) return undefined;
  return trimZeros(property.bytes.toString(property.type === UNICODE ? 'utf16le' : 'latin1'));
}

function trimZeros(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

const FIXED_BYTES: Record<number, number> = { 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 };

/** Reads the properties that have a single value. Stops at the first one of an unknown type. */
function readProperties(data: Buffer): Map<number, Property> {
  const found = new Map<number, Property>();
  let at = 4;
  try {
    const count = Math.min(data.readUInt32LE(0), MAX_PROPERTIES);
    for (let index = 0; index < count; index++) {
      const type = data.readUInt16LE(at);
      const id = data.readUInt16LE(at + 2);
      at += 4;
      if (id >= 0x8000) at = skipName(data, at);
      const isVariable = [STRING8, UNICODE, OBJECT, BINARY].includes(type) || (type & 0x1000) !== 0;
      const values = isVariable ? data.readUInt32LE(at) : 1;
      if (isVariable) at += 4;
      for (let value = 0; value < Math.min(values, MAX_PROPERTIES); value++) {
        const base = type & 0xfff;
        const fixed = FIXED_BYTES[base];
        const length = fixed ?? data.readUInt32LE(at);
        if (fixed === undefined) at += 4;
        if (value === 0) found.set(id, { type, bytes: data.subarray(at, at + length) });
        at += Math.ceil(length / 4) * 4;
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

/** Named properties have a GUID, and a number or a name. */
function skipName(data: Buffer, start: number): number {
  const kind = data.readUInt32LE(start + 16);
  if (kind === 0) return start + 24;
  const length = data.readUInt32LE(start + 20);
  return start + 24 + Math.ceil(length / 4) * 4;
}
