import { ParseFailure } from '@lorebox/ports/parser';

export type SqliteValue = string | number | bigint | Uint8Array | null;

export interface SqliteTable {
  name: string;
  root: number;
  sql: string;
}

const MAX_DEPTH = 50;

function failDamaged(): never {
  throw new ParseFailure('damaged', 'This database is damaged or incomplete. Upload a complete copy.');
}

/**
 * Reads the tables of an SQLite database from its bytes, without running SQL. Pages are checked, so that a damaged or
 * hostile file ends with an error.
 */
export class SqliteFile {
  private readonly data: Buffer;
  private readonly pageSize: number;
  private readonly usable: number;
  private readonly encoding: 'utf8' | 'utf16le' | 'utf16be';

  constructor(bytes: Uint8Array) {
    this.data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.data.length < 512) failDamaged();
    const size = this.data.readUInt16BE(16);
    this.pageSize = size === 1 ? 65_536 : size;
    if (this.pageSize < 512) failDamaged();
    this.usable = this.pageSize - (this.data[20] ?? 0);
    const encoding = this.data.readUInt32BE(56);
    this.encoding = encoding === 2 ? 'utf16le' : encoding === 3 ? 'utf16be' : 'utf8';
  }

  /** Returns the tables in the order of the schema, without those of SQLite itself. */
  listTables(): SqliteTable[] {
    const tables: SqliteTable[] = [];
    for (const [, [type, name, , root, sql]] of this.readRows(1)) {
      if (type !== 'table' || typeof name !== 'string' || name.startsWith('sqlite_')) continue;
      if (typeof root === 'number' && root > 0) tables.push({ name, root, sql: String(sql ?? '') });
    }
    return tables;
  }

  /** Yields the rows of a table with their row ids. */
  *readRows(root: number): Generator<[rowId: number | bigint, values: SqliteValue[]]> {
    yield* this.walk(root, 0, new Set());
  }

  private *walk(page: number, depth: number, seen: Set<number>): Generator<[number | bigint, SqliteValue[]]> {
    const start = (page - 1) * this.pageSize;
    if (page < 1 || start + this.pageSize > this.data.length || depth > MAX_DEPTH || seen.has(page)) failDamaged();
    seen.add(page);
    const header = start + (page === 1 ? 100 : 0);
    const kind = this.data[header];
    const count = this.data.readUInt16BE(header + 3);
    const cells = header + (kind === 5 ? 12 : 8);
    for (let index = 0; index < count; index++) {
      const at = start + this.readShort(cells + index * 2);
      if (kind === 5) yield* this.walk(this.readLong(at), depth + 1, seen);
      else if (kind === 13) yield this.readCell(at);
      else failDamaged();
    }
    if (kind === 5) yield* this.walk(this.readLong(header + 8), depth + 1, seen);
  }

  private readShort(at: number): number {
    return at + 2 <= this.data.length ? this.data.readUInt16BE(at) : failDamaged();
  }

  private readLong(at: number): number {
    return at + 4 <= this.data.length ? this.data.readUInt32BE(at) : failDamaged();
  }

  private readCell(at: number): [number | bigint, SqliteValue[]] {
    const size = readVarint(this.data, at);
    const row = readVarint(this.data, size.end);
    return [row.value, this.readRecord(this.readPayload(row.end, Number(size.value)))];
  }

  /** A long payload continues in a chain of overflow pages. */
  private readPayload(at: number, size: number): Buffer {
    const most = this.usable - 35;
    if (size <= most) return this.data.subarray(at, at + size);
    const least = Math.floor(((this.usable - 12) * 32) / 255) - 23;
    const rest = least + ((size - least) % (this.usable - 4));
    const local = rest <= most ? rest : least;
    const parts = [this.data.subarray(at, at + local)];
    let left = size - local;
    let page = this.readLong(at + local);
    while (left > 0) {
      const start = (page - 1) * this.pageSize;
      if (page < 1 || start + this.pageSize > this.data.length) failDamaged();
      const length = Math.min(left, this.usable - 4);
      parts.push(this.data.subarray(start + 4, start + 4 + length));
      left -= length;
      page = this.readLong(start);
    }
    return Buffer.concat(parts);
  }

  private readRecord(record: Buffer): SqliteValue[] {
    const header = readVarint(record, 0);
    const end = Math.min(record.length, Number(header.value));
    const values: SqliteValue[] = [];
    let body = end;
    for (let at = header.end; at < end; ) {
      const type = readVarint(record, at);
      const size = sizeOf(Number(type.value));
      values.push(this.readValue(Number(type.value), record.subarray(body, body + size)));
      body += size;
      at = type.end;
    }
    return values;
  }

  private readValue(type: number, bytes: Buffer): SqliteValue {
    if (type === 0) return null;
    if (type === 8 || type === 9) return type - 8;
    if (bytes.length < sizeOf(type)) return null;
    if (type <= 5) return bytes.readIntBE(0, bytes.length);
    if (type === 6) {
      const value = bytes.readBigInt64BE(0);
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    }
    if (type === 7) return bytes.readDoubleBE(0);
    if (type % 2 === 0) return bytes;
    return this.encoding === 'utf16be'
      ? Buffer.from(bytes).swap16().toString('utf16le')
      : bytes.toString(this.encoding);
  }
}

function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0;
}

function readVarint(data: Buffer, at: number): { value: number | bigint; end: number } {
  let value = 0n;
  for (let index = 0; index < 8; index++) {
    const byte = data[at + index] ?? failDamaged();
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return { value: shrink(value), end: at + index + 1 };
  }
  value = BigInt.asIntN(64, (value << 8n) | BigInt(data[at + 8] ?? failDamaged()));
  return { value: shrink(value), end: at + 9 };
}

function shrink(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
