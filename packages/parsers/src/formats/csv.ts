import { guessDelimiter } from '../delimiter.ts';
import type { FormatParser } from '../format-parser.ts';
import { addParagraphs } from './text.ts';

/** Yields records; a quote that is never closed is taken as a letter, so one stray quote does not swallow the rest. */
export function* readRecords(text: string, delimiter: string): Generator<string[]> {
  let record: string[] = [];
  let at = 0;
  // Once a search for a closing quote ran to the end in vain, every later one would as well.
  let mayQuote = true;
  while (at <= text.length) {
    let value: string;
    const quoteEnd = mayQuote && text[at] === '"' ? findClosingQuote(text, at + 1) : -1;
    if (quoteEnd < 0 && text[at] === '"') mayQuote = false;
    if (quoteEnd >= 0) {
      value = text.slice(at + 1, quoteEnd).replaceAll('""', '"');
      at = quoteEnd + 1;
      const rest = findFieldEnd(text, at, delimiter);
      value += text.slice(at, rest);
      at = rest;
    } else {
      const end = findFieldEnd(text, at, delimiter);
      value = text.slice(at, end);
      at = end;
    }
    record.push(value);
    if (at < text.length && text.startsWith(delimiter, at)) {
      at += delimiter.length;
      continue;
    }
    yield record;
    record = [];
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    if (at >= text.length) return;
  }
}

function findFieldEnd(text: string, from: number, delimiter: string): number {
  const mark = delimiter.charCodeAt(0);
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === mark || code === 10 || code === 13) break;
  }
  return at;
}

function findClosingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}

export const csvParser: FormatParser = {
  formats: ['csv'],
  parse(_bytes, { document, filename, readText }) {
    let text = readText();
    const hint = /^sep=(.)\r?\n/i.exec(text.slice(0, 10));
    if (hint) text = text.slice(hint[0].length);
    const delimiter = hint?.[1] ?? guessDelimiter(text) ?? (/\.(tsv|tab)$/i.test(filename) ? '\t' : ',');
    let widest = 0;
    for (const record of readRecords(text, delimiter)) {
      widest = Math.max(widest, record.length);
      document.addRow(record);
    }
    if (widest === 0) addParagraphs(document, text);
  },
};
