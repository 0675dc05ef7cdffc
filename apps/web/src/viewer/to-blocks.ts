interface TextSpan {
  text: string;
  /** Offset into the stored text. */
  start: number;
}

interface TableRow {
  start: number;
  cells: TextSpan[];
}

export type TextBlock =
  | { type: 'paragraph' | 'heading'; text: string; start: number }
  | { type: 'table'; start: number; rows: TableRow[] };

const CELL_BREAK = ' | ';
const TABLE_RULE = /^[\s|:-]+$/;
const HEADING = /^#{1,6} +/;

/**
 * Splits stored text into paragraphs, headings and tables, each with its offset, so that citations can be marked. The
 * rows of a table are lines with ` | ` between the cells; a single such line is text.
 */
export function toBlocks(text: string, offset: number): TextBlock[] {
  const lines = splitLines(text, offset);
  const blocks: TextBlock[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] as TextSpan;
    const rows = takeRows(lines, i);
    if (rows.length > 1) {
      const cells = rows.filter((row) => !TABLE_RULE.test(row.text)).map(toRow);
      blocks.push({ type: 'table', start: line.start, rows: cells });
      i += rows.length;
      continue;
    }
    const [mark] = HEADING.exec(line.text) ?? [];
    if (mark !== undefined) {
      blocks.push({ type: 'heading', text: line.text.slice(mark.length), start: line.start + mark.length });
    } else if (line.text.trim() !== '') addToParagraph(blocks, line);
    i += 1;
  }
  return blocks;
}

function splitLines(text: string, offset: number): TextSpan[] {
  let start = offset;
  return text.split('\n').map((line) => {
    const span = { text: line, start };
    start += line.length + 1;
    return span;
  });
}

/** Lines from `first` on that are rows of one table. */
function takeRows(lines: readonly TextSpan[], first: number): TextSpan[] {
  let end = first;
  while (end < lines.length && isRow(lines[end]?.text ?? '')) end += 1;
  return lines.slice(first, end);
}

const isRow = (line: string) => line.includes(CELL_BREAK) || (line.startsWith('|') && line.trimEnd().endsWith('|'));

/** Cells of a line like `a | b` or `| a | b |`. A pipe in a cell is written as `\|`. */
function toRow({ text, start }: TextSpan): TableRow {
  const cells: TextSpan[] = [];
  const last = text.trimEnd().endsWith('|') ? text.trimEnd().length - 1 : text.length;
  let from = text.startsWith('|') ? 1 : 0;
  for (let i = from; i <= last; i += 1) {
    if (i < last && (text[i] !== '|' || text[i - 1] === '\\')) continue;
    const cell = text.slice(from, i);
    const lead = cell.length - cell.trimStart().length;
    cells.push({ text: cell.trim(), start: start + from + lead });
    from = i + 1;
  }
  return { start, cells };
}

/** Continues the paragraph of the line before, if it ends there. */
function addToParagraph(blocks: TextBlock[], line: TextSpan): void {
  const last = blocks.at(-1);
  if (last?.type === 'paragraph' && last.start + last.text.length + 1 === line.start) last.text += `\n${line.text}`;
  else blocks.push({ type: 'paragraph', text: line.text, start: line.start });
}
