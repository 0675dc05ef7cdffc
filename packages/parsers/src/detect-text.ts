import { guessDelimiter } from './delimiter.ts';
import { type Format, formatOfExtension } from './formats/registry.ts';
import { isCodeName, languageOf } from './languages.ts';

export function extensionOf(filename: string): string {
  return /\.([^./\\]{1,12})$/.exec(filename)?.[1]?.toLowerCase() ?? '';
}

const MAIL_HEADER =
  /^(from|to|subject|date|received|return-path|mime-version|message-id|delivered-to|content-type|reply-to|x-[\w-]+|sender|cc|dkim-signature|arc-seal|authentication-results|content-transfer-encoding|user-agent|in-reply-to|references|thread-topic|organization|list-id|precedence|snapshot-content-location):[ \t]?/i;

/** Counts header lines before the first empty line. Folded lines belong to the previous line. */
function countMailHeaders(head: string): number {
  let known = 0;
  const names = new Set<string>();
  for (const line of head.split(/\r?\n/, 60)) {
    if (line === '') break;
    if (/^[ \t]/.test(line)) continue;
    if (!/^[!-9;-~]+:/.test(line)) return 0;
    const name = MAIL_HEADER.exec(line)?.[1]?.toLowerCase();
    if (name) {
      names.add(name);
      known++;
    }
  }
  const telling = ['from', 'received', 'mime-version', 'message-id', 'return-path', 'delivered-to'];
  return telling.some((name) => names.has(name)) && names.size >= 2 ? known : 0;
}

/** Checks for a mail whose parts are no text as a whole, because they differ in encoding. */
export function hasMailHead(bytes: Uint8Array): boolean {
  const head =
    Buffer.from(bytes.subarray(0, 65_536))
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  return /^[\t\r\n -~]+$/.test(head) && countMailHeaders(head) > 1;
}

function looksLikeMarkdown(head: string): boolean {
  const lines = head.split('\n', 400);
  const count = (pattern: RegExp) => lines.reduce((sum, line) => sum + (pattern.test(line) ? 1 : 0), 0);
  const headings = count(/^#{1,6} +\S/);
  const fences = count(/^(```|~~~)/);
  const links = count(/\[[^\]]{1,200}\]\([^)\s]{1,500}\)/);
  const tables = count(/^\|? *:?-{3,}:? *\|/);
  const emphasis = count(/\*\*[^*\n]{1,200}\*\*/);
  const kinds = [headings > 1, headings > 0, fences > 1, links > 0, tables > 0, emphasis > 0].filter(Boolean).length;
  return headings > 0 ? kinds >= 3 : kinds >= 2 && (links > 1 || fences > 1);
}

function looksLikeJson(text: string, head: string): boolean {
  if (!/^\s*[[{]/.test(head)) return false;
  if (/^\s*(\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:|\{\s*\}|\[\s*(?:[[{"\d\]-]|true|false|null))/.test(head)) {
    const end = text.slice(-200).trimEnd();
    return /[}\]]$/.test(end);
  }
  return false;
}

/** First lines that only one format has. */
function detectMarker(head: string, extension: string): Format | undefined {
  if (/^\ufeff?WEBVTT(?:\s|$)/.test(head)) return 'subtitles';
  if (/^\d{1,6}\r?\n\d{1,2}:\d\d:\d\d,\d{3} --> /.test(head)) return 'subtitles';
  if (/^\ufeff?\[Script Info\]/i.test(head)) return 'subtitles';
  if (/^BEGIN:VCALENDAR\b/i.test(head)) return 'calendar';
  if (/^BEGIN:VCARD\b/i.test(head)) return 'vcard';
  const isArchive = /^(?:mht|mhtml)$/.test(extension) || /^snapshot-content-location:/im.test(head.slice(0, 4096));
  return isArchive && countMailHeaders(head) > 0 ? 'mhtml' : undefined;
}

/** Detects the kind of a text: by explicit markers in the content, then by extension, then by appearance. */
export function detectTextKind(text: string, filename: string): Format {
  const head = text.slice(0, 65_536).replace(/^\s+/, '');
  const extension = extensionOf(filename);
  const named = formatOfExtension(extension);
  const isCode = isCodeName(filename);
  const kind = detectMarker(head, extension);
  if (kind) return kind;
  if (/^From \S.{0,200}\d{4}/.test(head) && countMailHeaders(head.slice(head.indexOf('\n') + 1)) > 1) return 'mbox';
  if (!isCode && countMailHeaders(head) > 1) return 'eml';
  if (isCode) return 'code';
  const afterProlog = head.replace(/^(?:<\?[^>]{0,1000}\?>|<!--[\s\S]{0,5000}?-->|\s)+/, '').slice(0, 600);
  if (/^<!doctype\s+html|^<html[\s>]/i.test(afterProlog)) return 'html';
  if (/^<\?xml\s/.test(head)) return named === 'html' ? 'html' : 'xml';
  if (/^#!.{0,80}\b(sh|bash|zsh|python|node|perl|ruby|php|deno|env)\b/.test(head)) return 'code';
  if (named) return named;
  if (looksLikeJson(text, head)) return 'json';
  if (/^<(!DOCTYPE|[A-Za-z][\w:.-]*)[\s>]/.test(head) && /<\/[\w:.-]+>\s*$/.test(text.slice(-300))) {
    return /<(p|div|body|h1|table|ul)[\s>]/i.test(head) ? 'html' : 'xml';
  }
  if (languageOf(filename, head)) return 'code';
  if (extension === '' || extension === 'txt') {
    if (looksLikeMarkdown(head)) return 'markdown';
    if (guessDelimiter(head, true)) return 'csv';
  }
  return 'text';
}
