export interface Column<Row> {
  header: string;
  value(row: Row): string | number | boolean | null;
  /** Shown dimmed, such as ids. */
  isDim?: boolean;
}

export interface TableStyle {
  /** Columns of the terminal. Null for pipes and files: one line per row, values separated by tabs, no header. */
  width: number | null;
  hasColors: boolean;
}

const GAP = 2;
const MIN_WIDTH = 8;

/** Formats rows as lines: in columns that fit the terminal, or as tab-separated values in pipes. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], style: TableStyle): string[] {
  const cells = rows.map((row) => columns.map(({ value }) => toText(value(row))));
  if (style.width === null) return cells.map((row) => row.join('\t'));
  const headers = columns.map(({ header }) => header);
  const widths = fitWidths(
    headers.map((header, i) => Math.max(header.length, ...cells.map((row) => row[i]?.length ?? 0))),
    style.width,
  );
  const paint = (text: string, code: number) => (style.hasColors ? `\x1b[${code}m${text}\x1b[0m` : text);
  const format = (row: readonly string[], codeOf: (column: number) => number | null) => {
    const wrapped = row.map((text, i) => wrap(text, widths[i] ?? 0));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      wrapped
        .map((lines, i) => {
          const text = (lines[line] ?? '').padEnd(widths[i] ?? 0);
          const code = codeOf(i);
          return code === null ? text : paint(text, code);
        })
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  };
  const [bold, dim] = [1, 2];
  return [
    ...format(headers, () => bold),
    ...cells.flatMap((row) => format(row, (i) => (columns[i]?.isDim ? dim : null))),
  ];
}

function toText(value: string | number | boolean | null): string {
  if (value === null) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replace(/\s+/g, ' ').trim();
}

/** Shrinks the widest column until all fit, down to a minimum. */
function fitWidths(wanted: readonly number[], total: number): number[] {
  const widths = [...wanted];
  const sum = () => widths.reduce((a, b) => a + b, 0) + GAP * (widths.length - 1);
  for (let excess = sum() - total; excess > 0; excess = sum() - total) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= MIN_WIDTH) break;
    const second = Math.max(MIN_WIDTH, ...widths.filter((_, i) => i !== widest));
    widths[widest] = Math.max(MIN_WIDTH, width - Math.max(1, Math.min(excess, width - second)));
  }
  return widths;
}

/** Splits text into lines of at most `width` characters, at spaces where possible. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
