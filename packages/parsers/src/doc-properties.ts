/** Range of the WordDocument stream with the same properties. */
export interface DocRange {
  start: number;
  end: number;
  properties: Map<number, Buffer>;
  /** Index of the paragraph style. Undefined for characters. */
  style: number | undefined;
}

const PAGE = 512;
const DEFINE_TABLE = 0xd608;
const CHANGE_TABS = 0xc615;
const SIZES = [1, 1, 2, 4, 2, 2, 0, 3];

/** Reads property modifiers. Lengths aren't trusted: they end at the latest with their buffer. */
function readModifiers(data: Buffer): Map<number, Buffer> {
  const properties = new Map<number, Buffer>();
  for (let at = 0; at + 2 < data.length; ) {
    const code = data.readUInt16LE(at);
    at += 2;
    let size = SIZES[code >> 13] as number;
    if (size === 0) {
      const isTable = code === DEFINE_TABLE && at + 2 <= data.length;
      size = isTable ? data.readUInt16LE(at) - 1 : (data[at] ?? 0);
      // Only the number of tabs would tell the length.
      if (code === CHANGE_TABS && size === 255) return properties;
      at += isTable ? 2 : 1;
    }
    if (size < 0) return properties;
    properties.set(code, data.subarray(at, at + size));
    at += size;
  }
  return properties;
}

function readPage(page: Buffer, isParagraph: boolean): DocRange[] {
  const count = page[PAGE - 1] ?? 0;
  const ranges: DocRange[] = [];
  for (let index = 0; index < count; index++) {
    const entry = (count + 1) * 4 + index * (isParagraph ? 13 : 1);
    if (entry >= PAGE || (index + 2) * 4 > PAGE) break;
    const at = (page[entry] ?? 0) * 2;
    let data: Buffer = Buffer.alloc(0);
    let style: number | undefined;
    if (isParagraph) {
      const half = page[at] ?? 0;
      const body =
        half === 0 ? page.subarray(at + 2, at + 2 + 2 * (page[at + 1] ?? 0)) : page.subarray(at + 1, at + 2 * half);
      style = body.length >= 2 ? body.readUInt16LE(0) : 0;
      data = body.subarray(2);
    } else if (at > 0) data = page.subarray(at + 1, at + 1 + (page[at] ?? 0));
    ranges.push({
      start: page.readUInt32LE(index * 4),
      end: page.readUInt32LE((index + 1) * 4),
      properties: readModifiers(data),
      style,
    });
  }
  return ranges;
}

/** Returns the properties of paragraphs (or characters) in the order of the stream. */
export function readRanges(document: Buffer, table: Buffer, isParagraph: boolean): DocRange[] {
  const at = isParagraph ? 0x0102 : 0x00fa;
  const start = document.readUInt32LE(at);
  const size = document.readUInt32LE(at + 4);
  const plc = table.subarray(start, start + size);
  const count = Math.floor((plc.length - 4) / 8);
  const ranges: DocRange[] = [];
  for (let index = 0; index < count; index++) {
    const page = plc.readUInt32LE((count + 1) * 4 + index * 4) * PAGE;
    if (page + PAGE <= document.length) ranges.push(...readPage(document.subarray(page, page + PAGE), isParagraph));
  }
  return ranges.sort((left, right) => left.start - right.start);
}

/** Finds the range of a position, starting from the one before: text is read mostly in order. */
export class DocRangeFinder {
  private readonly ranges: readonly DocRange[];
  private at = 0;

  constructor(ranges: readonly DocRange[]) {
    this.ranges = ranges;
  }

  find(position: number): DocRange | undefined {
    const current = this.ranges[this.at];
    if (current && position >= current.start && position < current.end) return current;
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ranges[middle] as DocRange).end <= position) low = middle + 1;
      else high = middle;
    }
    this.at = low;
    const found = this.ranges[low];
    return found && position >= found.start ? found : undefined;
  }
}
