import CFB from 'cfb';
import { readPrintLine } from './print-lines.ts';

export interface XlsChart {
  titles: string[];
  series: XlsSeries[];
}

interface XlsSeries {
  name: string;
  categories: Map<number, string>;
  values: Map<number, string>;
  sizes: Map<number, string>;
}

/** What a sheet shows beside its cells. */
export interface XlsObjects {
  texts: string[];
  charts: XlsChart[];
}

const RECORD = {
  eof: 0x0a,
  header: 0x14,
  footer: 0x15,
  filePass: 0x2f,
  continue: 0x3c,
  object: 0x5d,
  sheet: 0x85,
  textObject: 0x1b6,
  number: 0x203,
  label: 0x204,
  start: 0x809,
  series: 0x1003,
  seriesText: 0x100d,
  reference: 0x1051,
  text: 0x1025,
  dataIndex: 0x1065,
};
const CHART = 0x20;
const COMMENT = 0x19;

interface XlsRecord {
  type: number;
  data: Buffer;
}

/** Returns the text boxes, charts, printed headers and footers of each sheet of a BIFF8 workbook, in its order. */
export function readXlsObjects(bytes: Uint8Array): XlsObjects[] {
  const container = CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { type: 'buffer' });
  const content = CFB.find(container, '/Workbook')?.content;
  if (!content) return [];
  const stream = Buffer.from(content as Uint8Array);
  const starts: number[] = [];
  for (const { type, data } of listRecords(stream, 0)) {
    // The records of an encrypted workbook make no sense.
    if (type === RECORD.filePass) return [];
    if (type === RECORD.sheet && data.length >= 4) starts.push(data.readUInt32LE(0));
  }
  return starts.map((start) => readSheet(stream, start));
}

/** Lists the records of one sheet, or of the workbook itself, including those of its charts. */
function* listRecords(stream: Buffer, from: number): Generator<XlsRecord> {
  let depth = 0;
  for (let at = from; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const end = at + 4 + stream.readUInt16LE(at + 2);
    if (end > stream.length) return;
    if (type === RECORD.start) depth++;
    yield { type, data: stream.subarray(at + 4, end) };
    if (type === RECORD.eof && --depth <= 0) return;
    at = end;
  }
}

function readSheet(stream: Buffer, start: number): XlsObjects {
  const objects: XlsObjects = { texts: [], charts: [] };
  const printed = new Set<string>();
  let reader: ChartReader | undefined;
  let objectType = 0;
  let text: { left: number; text: string } | undefined;
  const finishText = () => {
    if (text && objectType !== COMMENT) objects.texts.push(text.text);
    text = undefined;
  };
  for (const { type, data } of listRecords(stream, start)) {
    if (type === RECORD.continue && text && text.left > 0) {
      const piece = readLetters(data, 1, text.left, data[0] ?? 0);
      text = { left: text.left - piece.length, text: text.text + piece };
      continue;
    }
    finishText();
    if (type === RECORD.start && data.length >= 4 && data.readUInt16LE(2) === CHART) {
      reader = new ChartReader();
      objects.charts.push(reader.chart);
    } else if (type === RECORD.eof) reader = undefined;
    else if (type === RECORD.object && data.length >= 6) objectType = data.readUInt16LE(4);
    else if (type === RECORD.textObject && data.length >= 12) text = { left: data.readUInt16LE(10), text: '' };
    else if (reader) reader.read(type, data);
    else if ((type === RECORD.header || type === RECORD.footer) && data.length >= 3)
      for (const line of readPrintLine(readText(data, 0))) printed.add(line);
  }
  finishText();
  objects.texts.push(...printed);
  return objects;
}

/** A length of two bytes, flags, then letters of one or two bytes. */
function readText(data: Buffer, at: number): string {
  return at + 3 <= data.length ? readLetters(data, at + 3, data.readUInt16LE(at), data[at + 2] ?? 0) : '';
}

function readLetters(data: Buffer, at: number, count: number, flags: number): string {
  const isWide = (flags & 1) === 1;
  const end = Math.min(at + (isWide ? count * 2 : count), data.length);
  return data.toString(isWide ? 'utf16le' : 'latin1', at, end);
}

/** Collects the stored values of a chart, which it has beside the references to cells. */
class ChartReader {
  readonly chart: XlsChart = { titles: [], series: [] };
  private target: 'values' | 'categories' | 'sizes' | undefined;
  private isInSeries = false;
  private isSeriesName = false;

  read(type: number, data: Buffer): void {
    if (type === RECORD.text) this.isInSeries = false;
    else if (type === RECORD.series) {
      this.isInSeries = true;
      this.chart.series.push({ name: '', categories: new Map(), values: new Map(), sizes: new Map() });
    } else if (type === RECORD.reference) this.isSeriesName = this.isInSeries && data[0] === 0;
    else if (type === RECORD.seriesText && data.length >= 4)
      this.addText(readLetters(data, 4, data[2] ?? 0, data[3] ?? 0));
    else if (type === RECORD.dataIndex && data.length >= 2)
      this.target = (['values', 'categories', 'sizes'] as const)[data.readUInt16LE(0) - 1];
    else if (type === RECORD.number && data.length >= 14) this.addPoint(data, String(data.readDoubleLE(6)));
    else if (type === RECORD.label && data.length >= 9) this.addPoint(data, readText(data, 6));
  }

  private addText(text: string): void {
    const series = this.chart.series.at(-1);
    if (this.isSeriesName && series && !series.name) series.name = text;
    else this.chart.titles.push(text);
    this.isSeriesName = false;
  }

  private addPoint(data: Buffer, value: string): void {
    const series = this.chart.series[data.readUInt16LE(2)];
    if (series && this.target) series[this.target].set(data.readUInt16LE(0), value);
  }
}
