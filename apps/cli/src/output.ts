import { type Column, formatTable } from './table.ts';

/** The shape of all `--json` output. Exactly one of `data` and `error` is set. */
export interface Envelope {
  data: unknown;
  notices: readonly Notice[];
  error: { code: string; message: string; requestId: string | null; fields: readonly object[] } | null;
}

/** A warning about the result, such as missing data. */
export interface Notice {
  code: string;
  message: string;
}

export function printJson(data: unknown, notices: readonly Notice[] = []): void {
  printEnvelope({ data, notices, error: null });
}

export function printEnvelope(envelope: Envelope): void {
  process.stdout.write(`${JSON.stringify(envelope)}\n`);
}

export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a message for people, separate from the result. */
export function printNotice({ message }: Notice): void {
  process.stderr.write(`note: ${message}\n`);
}

export function printTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): void {
  const { isTTY, columns: width = 80 } = process.stdout;
  const hasColors = isTTY === true && !process.env.NO_COLOR;
  for (const line of formatTable(rows, columns, { width: isTTY ? width : null, hasColors })) printLine(line);
}

/** Formats a count: "1 chunk", "2 chunks". */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}
