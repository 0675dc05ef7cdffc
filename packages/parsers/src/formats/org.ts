import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';

const HEADING = /^(\*{1,20})\s(.*)$/;
const KEYWORD = /^\s{0,20}#\+(\w{1,40}):(.*)$/;
const BEGIN = /^\s*#\+begin_(\w+)/i;
const LIST_ITEM = /^\s*(?:[-+]|\d{1,4}[.)])\s+/;

/** Removes the marks of links and emphasis. */
function cleanInline(text: string): string {
  return text
    .replace(/\[\[([^\]]{1,500})\]\[([^\]]{1,500})\]\]/g, (_, target: string, shown: string) =>
      /^(?:https?|mailto|ftp):/.test(target) ? `${shown} (${target})` : shown,
    )
    .replace(/\[\[([^\]]{1,500})\]\]/g, '$1')
    .replace(/(?<![\w/*=~+])([*/=~+])([^\s*/=~+](?:[^\n]{0,300}?[^\s])?)\1(?!\w)/g, '$2');
}

function addLines(document: DocumentBuilder, lines: readonly string[]): void {
  let paragraph: string[] = [];
  const flush = () => {
    const isItem = LIST_ITEM.test(paragraph[0] ?? '');
    document.add(isItem ? 'list-item' : 'paragraph', cleanInline(paragraph.map((line) => line.trim()).join('\n')));
    paragraph = [];
  };
  let block = '';
  let code: string[] = [];
  let isDrawer = false;
  for (const line of lines) {
    const heading = HEADING.exec(line);
    const begin = BEGIN.exec(line)?.[1]?.toLowerCase();
    if (block) {
      if (line.trim().toLowerCase().startsWith(`#+end_${block}`)) {
        document.add(block === 'quote' ? 'quote' : 'code', code.join('\n'));
        block = '';
      } else code.push(line);
    } else if (begin) {
      flush();
      block = begin;
      code = [];
    } else if (isDrawer) {
      // Properties are values that people set: ":Owner: Ada".
      if (/^\s*:END:\s*$/i.test(line)) isDrawer = false;
      else paragraph.push(line.replace(/^\s*:([\w-]{1,60}):\s*/, '$1: '));
    } else if (/^\s*:(?:PROPERTIES|LOGBOOK|[A-Z]+):\s*$/.test(line)) {
      flush();
      isDrawer = true;
    } else if (heading) {
      flush();
      document.add('heading', cleanInline((heading[2] ?? '').trim()), { level: Math.min(6, heading[1]?.length ?? 1) });
    } else if (/^\s*\|/.test(line)) {
      flush();
      if (!/^\s*\|[-+|]+\s*$/.test(line)) {
        document.addRow(
          line
            .trim()
            .replace(/^\||\|$/g, '')
            .split('|')
            .map(cleanInline),
        );
      }
    } else if (KEYWORD.test(line)) addKeyword(document, line);
    else if (/^\s*# /.test(line)) document.warn('Comments were left out.');
    else if (line.trim() === '') flush();
    else {
      if (LIST_ITEM.test(line)) flush();
      paragraph.push(line);
    }
  }
  flush();
  if (code.length > 0 && block) document.add('code', code.join('\n'));
}

function addKeyword(document: DocumentBuilder, line: string): void {
  const [, name = '', raw = ''] = KEYWORD.exec(line) ?? [];
  const value = raw.trim();
  const key = name.toLowerCase();
  if (key === 'title') {
    document.title = value;
    document.add('heading', value, { level: 1 });
  } else if (/^(?:author|date|email|description|keywords|language)$/.test(key)) document.describe(key, value);
  else if (/^(?:caption|name)$/.test(key)) document.add('paragraph', cleanInline(value));
}

export const orgParser = defineFormat({
  formats: ['org'],
  extensions: ['org'],
  parse(_bytes, { document, readText }) {
    addLines(document, readText().replace(/\r\n?/g, '\n').split('\n'));
  },
});
