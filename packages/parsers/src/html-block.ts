import type { ExclusionReason } from '@lorebox/ports/parser';
import type { BlockKind, DocumentBuilder } from './document-builder.ts';

export interface HtmlBlock {
  kind: BlockKind;
  text: string;
  level?: number;
  /** Cells of a table row. `text` is empty then. */
  cells?: string[];
  excluded?: ExclusionReason;
}

export function addHtmlBlock(document: DocumentBuilder, { kind, text, level, cells, excluded }: HtmlBlock): void {
  const place = { ...(level === undefined ? {} : { level }), ...(excluded === undefined ? {} : { excluded }) };
  if (cells) document.addRow(cells, place);
  else document.add(kind, text, place);
}
