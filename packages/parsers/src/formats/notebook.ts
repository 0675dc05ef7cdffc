import type { DocumentBuilder } from '../document-builder.ts';
import { addCode } from './code.ts';
import { addMarkdown } from './markdown.ts';

function joinSource(source: unknown): string {
  return Array.isArray(source) ? source.join('') : typeof source === 'string' ? source : '';
}

function outputText(output: unknown): string {
  const { text, data } = output as { text?: unknown; data?: Record<string, unknown> };
  return joinSource(text ?? data?.['text/plain']);
}

/**
 * Adds a Jupyter notebook: prose and code in order, with the text output of the code. Returns false if it is not a
 * notebook.
 */
export function addNotebook(document: DocumentBuilder, text: string): boolean {
  let notebook: { cells?: unknown; metadata?: { language_info?: { name?: unknown } } };
  try {
    notebook = JSON.parse(text);
  } catch {
    return false;
  }
  if (!Array.isArray(notebook?.cells)) return false;
  document.describe('language', notebook.metadata?.language_info?.name);
  for (const cell of notebook.cells as Record<string, unknown>[]) {
    const source = joinSource(cell?.source);
    if (cell?.cell_type === 'code') {
      addCode(document, source);
      for (const output of Array.isArray(cell.outputs) ? cell.outputs : []) {
        document.add('code', outputText(output).slice(0, 10_000));
      }
    } else addMarkdown(document, source);
  }
  return true;
}
