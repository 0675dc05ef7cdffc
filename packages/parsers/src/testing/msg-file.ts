import CFB from 'cfb';

export interface MsgSource {
  /** Strings by property id, such as "0037" for the subject, as bytes of an 8-bit code page. */
  strings: Record<string, Uint8Array>;
  codePage?: number;
  html?: Uint8Array;
  attachments?: { name: string; content: Uint8Array }[];
}

function properties(headerSize: number, entries: readonly [tag: number, value: number][]): Buffer {
  const data = Buffer.alloc(headerSize + entries.length * 16);
  for (const [index, [tag, value]] of entries.entries()) {
    data.writeUInt32LE(tag, headerSize + index * 16);
    data.writeUInt32LE(6, headerSize + index * 16 + 4);
    data.writeUInt32LE(value, headerSize + index * 16 + 8);
  }
  return data;
}

/** An Outlook message with 8-bit strings. */
export function writeMsg({ strings, codePage, html, attachments = [] }: MsgSource): Uint8Array {
  const file = CFB.utils.cfb_new();
  const add = (path: string, content: Uint8Array) => CFB.utils.cfb_add(file, path, Buffer.from(content) as never);
  const own: [number, number][] = codePage === undefined ? [] : [[0x3ffd0003, codePage]];
  add('/__properties_version1.0', properties(32, own));
  for (const [id, bytes] of Object.entries(strings)) add(`/__substg1.0_${id}001E`, bytes);
  if (html) add('/__substg1.0_10130102', html);
  for (const [index, { name, content }] of attachments.entries()) {
    const folder = `/__attach_version1.0_#${String(index).padStart(8, '0')}`;
    add(`${folder}/__properties_version1.0`, properties(8, [[0x37050003, 1]]));
    add(`${folder}/__substg1.0_3707001F`, Buffer.from(name, 'utf16le'));
    add(`${folder}/__substg1.0_37010102`, content);
  }
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as unknown as Buffer);
}
