import { cpus } from 'node:os';
import type { Samples } from './load/samples.ts';

type Cell = string | number;

export function printHeading(text: string): void {
  process.stdout.write(`\n## ${text}\n\n`);
}

export function printNote(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a Markdown table with right-aligned numbers. */
export function printTable(header: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const isNumber = header.map((_, column) => rows.every((row) => /^[-+−]?[\d.,/ %]+$|^-$/.test(String(row[column]))));
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, column) => (isNumber[column] ? '---:' : '---'));
  process.stdout.write(`${[line(header), line(rule), ...rows.map(line)].join('\n')}\n\n`);
}

/** Formats a number with at most three significant digits: 0.42, 7.3, 128. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** Formats several percentiles for one cell: "3.1 / 9.8". */
export function percentiles(samples: Samples, ...wanted: number[]): string {
  return wanted.map((percentile) => figure(samples.at(percentile))).join(' / ');
}

export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function describeMachine(): string {
  const [cpu] = cpus();
  return `Node ${process.version}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}; figures in ms unless named.`;
}
