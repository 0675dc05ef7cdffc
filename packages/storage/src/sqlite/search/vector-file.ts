import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { VectorScan } from './vector-scan.ts';

/** What a file was created from. The file is used only if all of this still matches. */
export interface VectorFileAbout {
  workspaceId: string;
  embeddingKey: number;
  /** Epoch of the vector table. */
  epoch: string;
  dimension: number;
}

interface Header extends VectorFileAbout {
  count: number;
  lastKey: number;
  spread: { mean: number[]; deviation: number[] } | null;
}

/** File layout. A file with another layout is rebuilt. */
const MAGIC = 'lorebox vectors 1\n';
const SUFFIX = '.vectors';
/** Bytes per write, so that the scan can answer searches in between. */
const SLICE = 8 * 1024 * 1024;

/**
 * Saves a scan to a file, so that the first search after a start doesn't need to read every vector. The file contains
 * only data from SQLite and can be deleted safely.
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

/** The views move when the scan grows, so each slice uses a new view. */
async function writePart(file: FileHandle, view: () => Uint8Array | undefined): Promise<void> {
  for (let at = 0; at < (view()?.length ?? 0); at += SLICE) {
    const slice = view()?.slice(at, at + SLICE);
    if (slice) await file.write(slice);
  }
}

/** Returns null for a file that is missing, truncated, or created from something else. */
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

/** Lists the files of a folder with a valid header. */
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

/** Ids are created by Lorebox. An id that could leave the folder yields no file name. */
function fileName({ embeddingKey, workspaceId }: VectorFileAbout): string {
  return `${embeddingKey}-${workspaceId.replace(/[^\w-]/g, '_')}${SUFFIX}`;
}
