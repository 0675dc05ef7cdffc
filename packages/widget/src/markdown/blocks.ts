import { type Inline, parseInline } from './inline.ts';

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'list'; isOrdered: boolean; start: number; items: Block[][] }
  | { type: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { type: 'rule' };

const MAX_DEPTH = 4;
const HEADING = /^ {0,3}#{1,6} +/;
const FENCE = /^ {0,3}(```|~~~)/;
const ITEM = /^( {0,3})(?:[-*+]|(\d{1,9})[.)]) +/;
const RULE = /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;
const QUOTE = /^ {0,3}> ?/;
const TABLE_RULE = /^[\s|:-]+$/;

/**
 * Parses the part of Markdown that answers use. Works on unfinished text, so that an answer can be shown while it
 * arrives. HTML stays text.
 */
export function parseBlocks(source: string): Block[] {
  return readBlocks(source.replace(/\r\n?/g, '\n').split('\n'), 0);
}

function readBlocks(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at += 1;
    else if (FENCE.test(line)) at = readFence(lines, at, blocks);
    else if (HEADING.test(line)) {
      blocks.push({ type: 'heading', children: parseInline(line.replace(HEADING, '').replace(/ #+$/, '')) });
      at += 1;
    } else if (RULE.test(line)) {
      blocks.push({ type: 'rule' });
      at += 1;
    } else if (depth < MAX_DEPTH && QUOTE.test(line)) at = readQuote(lines, at, blocks, depth);
    else if (depth < MAX_DEPTH && ITEM.test(line)) at = readList(lines, at, blocks, depth);
    else if (isTable(lines, at)) at = readTable(lines, at, blocks);
    else at = readParagraph(lines, at, blocks);
  }
  return blocks;
}

function readFence(lines: readonly string[], at: number, blocks: Block[]): number {
  const fence = FENCE.exec(lines[at] ?? '')?.[1] ?? '```';
  let end = at + 1;
  while (end < lines.length && !lines[end]?.trimStart().startsWith(fence)) end += 1;
  blocks.push({ type: 'code', text: lines.slice(at + 1, end).join('\n') });
  return end + 1;
}

function readQuote(lines: readonly string[], at: number, blocks: Block[], depth: number): number {
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end] ?? '')) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ''));
  blocks.push({ type: 'quote', blocks: readBlocks(inner, depth + 1) });
  return end;
}

/** Items continue on indented lines, with a blank line in between or not. */
function readList(lines: readonly string[], at: number, blocks: Block[], depth: number): number {
  const first = ITEM.exec(lines[at] ?? '');
  const isOrdered = first?.[2] !== undefined;
  const items: string[][] = [];
  let end = at;
  while (end < lines.length) {
    const line = lines[end] ?? '';
    const item = ITEM.exec(line);
    const isContinued = /^(?: {2,}|\t)\S/.test(line);
    if (item && (item[2] !== undefined) === isOrdered && (item[1] ?? '').length < 2)
      items.push([line.slice(item[0].length)]);
    else if (isContinued) items.at(-1)?.push(line.replace(/^(?: {1,4}|\t)/, ''));
    else if (line.trim() === '' && isListLine(lines[end + 1], isOrdered)) items.at(-1)?.push('');
    else break;
    end += 1;
  }
  const start = Number(first?.[2] ?? 1);
  blocks.push({ type: 'list', isOrdered, start, items: items.map((item) => readBlocks(item, depth + 1)) });
  return end;
}

function isListLine(line: string | undefined, isOrdered: boolean): boolean {
  if (line === undefined) return false;
  const item = ITEM.exec(line);
  return item ? (item[2] !== undefined) === isOrdered : /^(?: {2,}|\t)\S/.test(line);
}

function isTable(lines: readonly string[], at: number): boolean {
  const rule = lines[at + 1] ?? '';
  return (lines[at] ?? '').includes('|') && rule.includes('-') && rule.includes('|') && TABLE_RULE.test(rule);
}

function readTable(lines: readonly string[], at: number, blocks: Block[]): number {
  let end = at + 2;
  while (end < lines.length && lines[end]?.includes('|')) end += 1;
  const [head = [], ...rows] = [lines[at] ?? '', ...lines.slice(at + 2, end)].map((line) => readCells(line));
  blocks.push({ type: 'table', head, rows });
  return end;
}

const readCells = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));

function readParagraph(lines: readonly string[], at: number, blocks: Block[]): number {
  let end = at + 1;
  while (end < lines.length && !startsBlock(lines[end] ?? '')) end += 1;
  const text = lines
    .slice(at, end)
    .map((line) => line.trim())
    .join('\n');
  blocks.push({ type: 'paragraph', children: parseInline(text) });
  return end;
}

function startsBlock(line: string): boolean {
  return (
    line.trim() === '' ||
    FENCE.test(line) ||
    HEADING.test(line) ||
    RULE.test(line) ||
    QUOTE.test(line) ||
    ITEM.test(line)
  );
}
