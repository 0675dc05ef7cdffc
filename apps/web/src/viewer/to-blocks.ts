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

const TABLE_LINE = /^\s*\|.*\|\s*$/;
const TABLE_RULE = /^[\s|:-]+$/;
const HEADING = /^(#{1,6}) +/;

/** Splits stored text into paragraphs, headings and tables, each with its offset, so that citations can be marked. */
export function toBlocks(text: string, offset: number): TextBlock[] {
  const blocks: TextBlock[] = [];
  let paragraph: TextSpan | null = null;
  const endParagraph = () => {
    if (paragraph && paragraph.text.trim() !== '') {
      blocks.push({ type: 'paragraph', text: paragraph.text.trimEnd(), start: paragraph.start });
    }
    paragraph = null;
  };
  let start = offset;
  for (const line of text.split('\n')) {
    const heading = HEADING.exec(line);
    if (TABLE_LINE.test(line)) {
      endParagraph();
      addRow(blocks, line, start);
    } else if (heading) {
      endParagraph();
      const [mark] = heading;
      blocks.push({ type: 'heading', text: line.slice(mark.length), start: start + mark.length });
    } else if (line.trim() === '') endParagraph();
    else if (paragraph) (paragraph as TextSpan).text += `\n${line}`;
    else paragraph = { text: line, start };
    start += line.length + 1;
  }
  endParagraph();
  return blocks;
}

function addRow(blocks: TextBlock[], line: string, start: number): void {
  if (TABLE_RULE.test(line)) return;
  const row = { start, cells: splitCells(line, start) };
  const last = blocks.at(-1);
  if (last?.type === 'table') last.rows.push(row);
  else blocks.push({ type: 'table', start, rows: [row] });
}

/** Cells of a line like `| a | b |`. A pipe in a cell is written as `\|`. */
function splitCells(line: string, start: number): TextSpan[] {
  const cells: TextSpan[] = [];
  let from = line.indexOf('|') + 1;
  for (let i = from; i < line.length; i += 1) {
    if (line[i] !== '|' || line[i - 1] === '\\') continue;
    const cell = line.slice(from, i);
    const lead = cell.length - cell.trimStart().length;
    cells.push({ text: cell.trim(), start: start + from + lead });
    from = i + 1;
  }
  return cells;
}
