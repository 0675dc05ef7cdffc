import CFB from 'cfb';

export interface EmbeddedFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * Returns the file in an OLE object: Office documents as a separate stream, anything else after a header with its name.
 * Undefined for data that only its own program can open.
 */
export function readOleObject(bytes: Uint8Array): EmbeddedFile | undefined {
  const container = CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { type: 'buffer' });
  const stream = (name: string) => {
    const content = CFB.find(container, name)?.content;
    return content ? Uint8Array.from(content) : undefined;
  };
  const office = stream('/Package') ?? stream('/CONTENTS');
  if (office) return { name: 'object', bytes: office };
  const native = stream('/\u0001Ole10Native');
  return native ? readNative(Buffer.from(native)) : undefined;
}

/** Layout: size, flags, label, original path, flags, size of a temporary path, that path, size, data. */
function readNative(data: Buffer): EmbeddedFile | undefined {
  const labelEnd = data.indexOf(0, 6);
  const pathEnd = data.indexOf(0, labelEnd + 1);
  if (labelEnd < 0 || pathEnd < 0 || pathEnd + 9 > data.byteLength) return undefined;
  const label = data.toString('latin1', 6, labelEnd);
  const at = pathEnd + 9 + data.readUInt32LE(pathEnd + 5);
  if (at + 4 > data.byteLength) return undefined;
  const bytes = Uint8Array.from(data.subarray(at + 4, at + 4 + data.readUInt32LE(at)));
  return { name: label.split(/[\\/]/).at(-1) || 'object', bytes };
}
