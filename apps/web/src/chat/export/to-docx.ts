import type { Citation, Message } from '@lorebox/contract/chat';
import { strToU8, zipSync } from 'fflate';
import { parseMarkdown, type Token, type Tokens } from '../markdown/parse-markdown.ts';
import { unescapeHtml } from '../markdown/unescape-html.ts';
import { sourceLines } from './to-markdown.ts';

type Exported = Pick<Message, 'role' | 'text'> & {
  citations: readonly Pick<Citation, 'n' | 'title' | 'page' | 'section'>[];
};

interface RunStyle {
  bold?: boolean;
  italic?: boolean;
  code?: boolean;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** A chat as a Word document: headings, lists, tables and code as paragraphs with styles. */
export function toDocx(title: string, messages: readonly Exported[]): Uint8Array<ArrayBuffer> {
  const body = [paragraph('Title', run(title)), ...messages.flatMap(messageXml)].join('');
  const files: Record<string, string> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD_TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD_TYPE}.styles+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `${HEAD}<w:styles ${W}>${STYLES}</w:styles>`,
    'word/document.xml': `${HEAD}<w:document ${W}><w:body>${body}</w:body></w:document>`,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

const style = (id: string, name: string, size: number, extra = '', paragraph = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:pPr><w:spacing w:before="120" w:after="80"/>${paragraph}</w:pPr><w:rPr>${extra}<w:sz w:val="${size * 2}"/></w:rPr></w:style>`;
const STYLES = [
  style('Normal', 'Normal', 11),
  style('Title', 'Title', 20, '<w:b/>'),
  style('Heading1', 'heading 1', 14, '<w:b/>'),
  style('Heading2', 'heading 2', 12, '<w:b/>'),
  style('Question', 'Question', 11, '<w:b/><w:color w:val="2F6F5E"/>'),
  style('ListItem', 'List Item', 11, '', '<w:ind w:left="360"/>'),
  style('Code', 'Code', 10, '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>'),
  style('Source', 'Source', 9, '<w:color w:val="666666"/>'),
].join('');

function messageXml({ role, text, citations }: Exported): string[] {
  if (role === 'user') return [paragraph('Question', run(text))];
  const sources = sourceLines(citations).map((line) => paragraph('Source', run(line)));
  return [...blocksXml(parseMarkdown(text)), ...sources];
}

function blocksXml(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token): string[] => {
    switch (token.type) {
      case 'space':
        return [];
      case 'heading':
        return [paragraph((token as Tokens.Heading).depth <= 2 ? 'Heading1' : 'Heading2', inline(token))];
      case 'list':
        return (token as Tokens.List).items.flatMap((item, i) => listItem(token as Tokens.List, item, i));
      case 'blockquote':
        return blocksXml((token as Tokens.Blockquote).tokens);
      case 'table':
        return [tableXml(token as Tokens.Table)];
      case 'code':
        return [paragraph('Code', run((token as Tokens.Code).text, { code: true }))];
      default:
        return [paragraph('Normal', inline(token))];
    }
  });
}

function listItem({ ordered, start }: Tokens.List, { tokens }: Tokens.ListItem, index: number): string[] {
  const mark = ordered ? `${Number(start || 1) + index}. ` : '• ';
  const [first, ...rest] = tokens;
  return [paragraph('ListItem', run(mark) + (first ? inline(first) : '')), ...blocksXml(rest)];
}

function tableXml({ header, rows }: Tokens.Table): string {
  const cell = (token: Tokens.TableCell) =>
    `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${paragraph('Normal', inline(token))}</w:tc>`;
  const border = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:color="BBBBBB"/>`)
    .join('');
  const lines = [header, ...rows].map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('');
  return `<w:tbl><w:tblPr><w:tblBorders>${border}</w:tblBorders></w:tblPr>${lines}</w:tbl>${paragraph('Normal', '')}`;
}

/** The runs of a token with inline content; tokens without any are their text. */
function inline(token: { tokens?: readonly Token[]; text?: string; raw?: string }, runStyle: RunStyle = {}): string {
  if (!token.tokens) return run(unescapeHtml(token.text ?? token.raw ?? ''), runStyle);
  return token.tokens
    .map((part) => {
      if (part.type === 'strong') return inline(part as Tokens.Strong, { ...runStyle, bold: true });
      if (part.type === 'em') return inline(part as Tokens.Em, { ...runStyle, italic: true });
      if (part.type === 'codespan') return run((part as Tokens.Codespan).text, { ...runStyle, code: true });
      if (part.type === 'br') return '<w:r><w:br/></w:r>';
      return inline(part as Tokens.Generic, runStyle);
    })
    .join('');
}

const paragraph = (styleId: string, content: string) =>
  `<w:p><w:pPr><w:pStyle w:val="${styleId}"/></w:pPr>${content}</w:p>`;

function run(text: string, { bold, italic, code }: RunStyle = {}): string {
  const font = code ? '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>' : '';
  const properties = `${font}${bold ? '<w:b/>' : ''}${italic ? '<w:i/>' : ''}`;
  const lines = text.split('\n').map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`);
  return `<w:r><w:rPr>${properties}</w:rPr>${lines.join('<w:br/>')}</w:r>`;
}

/** XML 1.0 has no place for most control characters and for lone surrogates. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
