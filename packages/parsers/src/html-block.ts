import type { ExclusionReason } from '@lorebox/ports/parser';
import type { BlockKind, DocumentBuilder } from './document-builder.ts';

export interface HtmlBlock {
  kind: BlockKind;
  text: string;
  level?: number;
  /** Cells of a table row. `text` is empty then. */
  cells?: string[];
  /** All letters are bold. */
  isBold?: boolean;
  excluded?: ExclusionReason;
}

export function addHtmlBlock(document: DocumentBuilder, { kind, text, level, cells, excluded }: HtmlBlock): void {
  const place = { ...(level === undefined ? {} : { level }), ...(excluded === undefined ? {} : { excluded }) };
  if (cells) document.addRow(cells, place);
  else document.add(kind, text, place);
}

/** Makes a block of the text of an element. Line ends in it come only from `br`. */
export function textBlock(raw: string, { marker, ...block }: Omit<HtmlBlock, 'text'> & { marker: string }): HtmlBlock {
  const text = raw.replace(/[^\S\n]+/g, ' ').trim();
  const lines = text.replace(/(?<!\s)\s*\n\s*/g, block.kind === 'heading' ? ' ' : '\n');
  return { ...block, text: marker + lines };
}
