import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { VectorScan } from './vector-scan.ts';

/** What a file was made of. It is used only where all of this still holds. */
export interface VectorFileAbout {
  workspaceId: string;
  embeddingKey: number;
  /** Of the table of vectors. */
  epoch: string;
  dimension: number;
}

interface Header extends VectorFileAbout {
  count: number;
  lastKey: number;
  spread: { mean: number[]; deviation: number[] } | null;
}

/** Layout of the file. A file with another layout is not read but rebuilt. */
const MAGIC = 'lorebox vectors 1\n';
const SUFFIX = '.vectors';
/** Bytes written at a stretch: the scan goes on answering in between. */
const SLICE = 8 * 1024 * 1024;

/**
 * A scan beside the database, so that the first search after a start need not read every vector. It holds nothing that is not
 * in SQLite: deleting it costs time, never data.
 */
export async function saveScan(folder: string, about: VectorFileAbout, scan: VectorScan): Promise<void> {
  const { count, lastKey, spread } = scan;
  const plain = spread && { mean: [...spread.mean], deviation: [...spread.deviation] };
  const header = Buffer.from(`${JSON.stringify({ ...about, count, lastKey, spread: plain } satisfies Header)}\n`);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  const path = join(folder, fileName(about));
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w');
  try {
    await file.write(Buffer.concat([Buffer.from(MAGIC), size, header]));
    for (let part = 0; part < scan.parts(count).length; part += 1) await writePart(file, () => scan.parts(count)[part]);
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** The views move when the scan grows, so each slice is taken from a new view. */
async function writePart(file: FileHandle, view: () => Uint8Array | undefined): Promise<void> {
  for (let at = 0; at < (view()?.length ?? 0); at += SLICE) {
    const slice = view()?.slice(at, at + SLICE);
    if (slice) await file.write(slice);
  }
}

/** Null for a file that is not there, was cut, or was made of something else. */
export async function loadScan(folder: string, about: VectorFileAbout): Promise<VectorScan | null> {
  const file = await open(join(folder, fileName(about))).catch(() => null);
  if (!file) return null;
  try {
    const header = await readHeader(file);
    if (!header || !isOf(header, about)) return null;
    const scan = new VectorScan(about.dimension);
    const { spread, count } = header;
    const floats = spread && { mean: Float32Array.from(spread.mean), deviation: Float32Array.from(spread.deviation) };
    for (const part of scan.restore(count, floats)) {
      for (let at = 0; at < part.length; ) {
        const { bytesRead } = await file.read(part, at, part.length - at);
        if (bytesRead === 0) return null;
        at += bytesRead;
      }
    }
    return scan.lastKey === header.lastKey ? scan : null;
  } finally {
    await file.close();
  }
}

/** The files of a folder that have a valid header. */
export async function listVectorFiles(folder: string): Promise<(VectorFileAbout & { path: string })[]> {
  const names = await readdir(folder).catch(() => []);
  const found = [];
  for (const name of names.filter((each) => each.endsWith(SUFFIX))) {
    const path = join(folder, name);
    const file = await open(path).catch(() => null);
    const header = file && (await readHeader(file));
    await file?.close();
    if (header) found.push({ ...header, path });
  }
  return found;
}

async function readHeader(file: FileHandle): Promise<Header | null> {
  const start = Buffer.alloc(MAGIC.length + 4);
  await file.read(start);
  if (start.subarray(0, MAGIC.length).toString() !== MAGIC) return null;
  const header = Buffer.alloc(start.readUInt32LE(MAGIC.length));
  await file.read(header);
  try {
    const parsed: Header = JSON.parse(header.toString());
    return parsed;
  } catch {
    return null;
  }
}

function isOf(header: Header, about: VectorFileAbout): boolean {
  const keys = ['workspaceId', 'embeddingKey', 'epoch', 'dimension'] as const;
  return keys.every((key) => header[key] === about[key]);
}

/** Ids are made by the product; one that could leave the folder names no file. */
function fileName({ embeddingKey, workspaceId }: VectorFileAbout): string {
  return `${embeddingKey}-${workspaceId.replace(/[^\w-]/g, '_')}${SUFFIX}`;
}
