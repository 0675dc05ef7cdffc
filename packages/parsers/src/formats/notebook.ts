import type { DocumentBuilder } from '../document-builder.ts';
import { addCode } from './code.ts';
import { addHtml } from './html.ts';
import { addMarkdown } from './markdown.ts';

function joinSource(source: unknown): string {
  return Array.isArray(source) ? source.join('') : typeof source === 'string' ? source : '';
}

interface Output {
  text?: unknown;
  data?: Record<string, unknown>;
  ename?: unknown;
  evalue?: unknown;
  traceback?: unknown;
}

const PLACEHOLDER = /^<[\w.]+(?: [^>]{0,200})?>$/;

/** Adds the text of an output, the error it ended with, or its HTML if it has no text. */
function addOutput(document: DocumentBuilder, output: Output): void {
  const { text, data, ename, evalue, traceback } = output;
  const plain = joinSource(text ?? data?.['text/plain']);
  const html = joinSource(data?.['text/html']);
  const markdown = joinSource(data?.['text/markdown'] ?? data?.['text/latex']);
  if (html && (plain.trim() === '' || PLACEHOLDER.test(plain.trim()) || html.includes('<table')))
    addHtml(document, html);
  else if (plain.trim() !== '') document.add('code', plain);
  else if (markdown) addMarkdown(document, markdown);
  if (ename === undefined && evalue === undefined) return;
  const trace = Array.isArray(traceback) ? traceback.join('\n') : '';
  const message = `${joinSource(ename)}: ${joinSource(evalue)}`;
  document.add('code', trace.includes(joinSource(evalue)) && trace !== '' ? trace : message);
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
      for (const output of Array.isArray(cell.outputs) ? cell.outputs : []) addOutput(document, output ?? {});
    } else addMarkdown(document, source);
  }
  return true;
}
