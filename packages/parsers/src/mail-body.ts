import { DocumentBuilder } from './document-builder.ts';
import { addHtml } from './formats/html.ts';
import { addParagraphs } from './formats/text.ts';

const WORD = /[\p{L}\p{N}]+/gu;
/** A text part that says nearly all the page says is the better one: it has the lines and quotes of the writer. */
const MIN_COVERAGE = 0.98;

/**
 * Adds the body of a mail that has a text part, an HTML part or both. Both say the same in theory. In practice the text
 * part may be a stub ("view in browser"), and the HTML part may lack a passage, so what only one of them says is kept.
 */
export function addMailBody(document: DocumentBuilder, text: string | undefined, html: string | undefined): void {
  const plain = text?.trim() ? text.replace(/\r\n?/g, '\n') : '';
  const page = html?.trim() && plain ? renderPage(document, html) : undefined;
  if (!page) {
    if (plain) addParagraphs(document, plain);
    else if (html) addHtml(document, html);
    return;
  }
  const plainWords = wordsOf(plain);
  const missing = [...page.words].filter((word) => !plainWords.has(word)).length;
  if (!page.hasTable && missing <= page.words.size * (1 - MIN_COVERAGE)) {
    addParagraphs(document, plain);
    for (const passage of page.passages.filter((part) => addsWords(part, plainWords)))
      document.add('paragraph', passage);
    return;
  }
  addHtml(document, html ?? '');
  for (const paragraph of plain.split(/\n[ \t]*\n/)) {
    const lines = paragraph.split('\n').filter((line) => addsWords(line, page.words));
    document.add('paragraph', lines.join('\n'));
  }
}

function addsWords(text: string, known: ReadonlySet<string>): boolean {
  return [...wordsOf(text)].some((word) => !known.has(word));
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(WORD));
}

interface RenderedPage {
  passages: string[];
  words: Set<string>;
  hasTable: boolean;
}

function renderPage(document: DocumentBuilder, html: string): RenderedPage {
  const builder = new DocumentBuilder(document.remainingLength);
  addHtml(builder, html);
  const page = builder.finish('html');
  const visible = page.blocks.filter(({ excluded }) => excluded === undefined);
  const passages = visible.map(({ start, end }) => page.text.slice(start, end));
  const words = new Set(passages.flatMap((passage) => [...wordsOf(passage)]));
  return { passages, words, hasTable: visible.some(({ kind }) => kind === 'table-row') };
}
