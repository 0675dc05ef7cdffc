import { rm } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from '../connection.ts';
import { toFloats } from '../embeddings/vector-bytes.ts';
import { vectorTable } from '../embeddings/vector-table.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { listVectorFiles, loadScan, saveScan, type VectorFileAbout } from './vector-file.ts';
import { VectorScan } from './vector-scan.ts';

/** Vectors per batch, about 20 ms, so that searches in other workspaces run in between. */
const SLICE = 2000;
/** Minimum size at which a scan is rebuilt when most of its vectors were deleted from the database. */
const MIN_ROWS_TO_SWEEP = 4000;
/** Reading this many vectors from SQLite takes a third of a second, so a file saves time from here on. */
const MIN_ROWS_TO_PERSIST = 20_000;
/** A file is rewritten when the scan has grown by this share. */
const REBUILD_GROWTH_RATIO = 0.1;
/** Number of vectors in a file that are compared with the database. */
const SAMPLES = 64;

interface Held {
  scan: VectorScan;
  about: VectorFileAbout;
  saved: number;
  saving: boolean;
}

/**
 * Scans of the workspaces that are searched, in memory and in files. Each is brought up to date before it is returned.
 */
export class ScanStore {
  private readonly connection: Connection;
  private readonly maxBytes: number;
  /** Folder of the files. Null: no files. */
  private readonly folder: string | null;
  /** Least recently used first. */
  private readonly held = new Map<string, Promise<Held>>();
  private readonly sizes = new Map<string, number>();

  constructor(connection: Connection, maxBytes: number, folder: string | null) {
    this.connection = connection;
    this.maxBytes = maxBytes;
    this.folder = folder;
  }

  /** Returns a scan with every vector committed before the call. It may contain deleted vectors. */
  async get(about: VectorFileAbout): Promise<VectorScan> {
    const name = `${about.embeddingKey}/${about.epoch}/${about.workspaceId}`;
    const found = this.held.get(name) ?? this.open(about);
    this.held.delete(name);
    this.held.set(name, found);
    found.catch(() => this.held.delete(name));
    const held = await found;
    while (!this.readSlice(held)) await nextTurn();
    this.sizes.set(name, held.scan.bytes);
    this.evict();
    this.saveWhenGrown(held);
    return held.scan;
  }

  /** Loads scans from files before the first search, within the memory limit. */
  async warm(): Promise<void> {
    if (!this.folder) return;
    for (const { path, ...about } of await listVectorFiles(this.folder)) {
      const bytes = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
      if (bytes >= this.maxBytes) return;
      if (this.isAlive(about)) await this.get(about);
    }
  }

  /** Called periodically. Drops scans with many deleted vectors, and files of deleted workspaces and embedders. */
  async sweep(): Promise<void> {
    for (const [name, promise] of this.held) {
      const { scan, about } = await promise;
      const isWorth = scan.count <= MIN_ROWS_TO_SWEEP || this.count(about, Number.MAX_SAFE_INTEGER) > scan.count / 2;
      if (isWorth && this.isAlive(about)) continue;
      this.forget(name);
      if (this.folder) await this.removeFiles((file) => file.workspaceId === about.workspaceId);
    }
    await this.removeFiles((file) => !this.isAlive(file));
  }

  private async removeFiles(isGone: (about: VectorFileAbout) => boolean): Promise<void> {
    if (!this.folder) return;
    for (const file of await listVectorFiles(this.folder)) if (isGone(file)) await rm(file.path, { force: true });
  }

  private async open(about: VectorFileAbout): Promise<Held> {
    const loaded = this.folder ? await loadScan(this.folder, about).catch(() => null) : null;
    const scan = loaded && this.isTrue(loaded, about) ? loaded : new VectorScan(about.dimension);
    return { scan, about, saved: scan.count, saving: false };
  }

  /**
   * Returns false for a file from another history of this database (a restored backup), which may lack vectors or have
   * those of other texts.
   */
  private isTrue(scan: VectorScan, about: VectorFileAbout): boolean {
    if (this.count(about, scan.lastKey) > scan.count) return false;
    const sql = `select embedding from ${vectorTable(about.embeddingKey)} where chunk_key = ?`;
    const vectorOf = prepareValue<[number], Buffer>(this.connection.raw, sql);
    const step = Math.max(1, Math.floor(scan.count / SAMPLES));
    for (let index = scan.count - 1; index >= 0; index -= step) {
      const bytes = vectorOf.get(scan.keyOf(index));
      if (bytes && !scan.hasVector(index, toFloats(bytes))) return false;
    }
    return true;
  }

  /** Reads the next vectors that the scan lacks. Returns true when it has all of them. */
  private readSlice({ scan, about }: Held): boolean {
    const sql =
      `select c.key as key, v.embedding as embedding from chunks c cross join ${vectorTable(about.embeddingKey)} v ` +
      'on v.chunk_key = c.key where c.workspace_id = ? and c.key > ? order by c.key limit ?';
    const vectors = prepareOnce<[string, number, number], { key: number; embedding: Buffer }>(this.connection.raw, sql);
    const rows = vectors.all(about.workspaceId, scan.lastKey, SLICE);
    for (const { key, embedding } of rows) scan.add(key, toFloats(embedding));
    return rows.length < SLICE;
  }

  private saveWhenGrown(held: Held): void {
    const { scan, about, saved } = held;
    if (
      !this.folder ||
      held.saving ||
      scan.count < MIN_ROWS_TO_PERSIST ||
      scan.count <= saved * (1 + REBUILD_GROWTH_RATIO)
    )
      return;
    held.saving = true;
    const { count } = scan;
    saveScan(this.folder, about, scan)
      .then(() => {
        held.saved = count;
      })
      // On a full disk, searches continue in memory.
      .catch(() => {})
      .finally(() => {
        held.saving = false;
      });
  }

  /** Counts the chunks of the workspace up to this key. */
  private count({ workspaceId }: VectorFileAbout, lastKey: number): number {
    const sql = 'select count(*) from chunks where workspace_id = ? and key <= ?';
    return prepareValue<[string, number], number>(this.connection.raw, sql).get(workspaceId, lastKey) ?? 0;
  }

  private isAlive({ workspaceId, embeddingKey, epoch }: VectorFileAbout): boolean {
    const sql =
      'select 1 from workspaces w join embeddings e on e.key = w.embedding_key where w.id = ? and e.key = ? and e.epoch = ?';
    return prepareOnce(this.connection.raw, sql).get(workspaceId, embeddingKey, epoch) !== undefined;
  }

  /** Evicts scans over the memory limit. Keeps the most recently used one. */
  private evict(): void {
    let bytes = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const name of this.held.keys()) {
      if (bytes <= this.maxBytes || this.held.size === 1) return;
      bytes -= this.sizes.get(name) ?? 0;
      this.forget(name);
    }
  }

  private forget(name: string): void {
    this.held.delete(name);
    this.sizes.delete(name);
  }
}
