import { DomUtils } from 'htmlparser2';
import { findAll, parseXml } from './xml-tree.ts';

export interface TranscriptLine {
  seconds: number;
  text: string;
}

/** Maximum length of a paragraph with one timestamp. */
const PARAGRAPH_SECONDS = 30;

/** Parses both formats: `<text start="1.5">` in seconds and `<p t="1500">` in milliseconds. */
export function readTranscript(xml: string): TranscriptLine[] {
  const document = parseXml(xml);
  const plain = findAll(document, 'text').map((one) =>
    toLine(Number(one.attribs.start ?? 0), DomUtils.textContent(one)),
  );
  const timed = findAll(document, 'p').map((one) =>
    toLine(Number(one.attribs.t ?? 0) / 1000, DomUtils.textContent(one)),
  );
  return [...plain, ...timed].filter(({ text }) => text !== '');
}

/** Unescapes twice, because the entities are escaped twice. */
function toLine(seconds: number, raw: string): TranscriptLine {
  const text = DomUtils.textContent(parseXml(`<t>${raw.replaceAll('<', '&lt;')}</t>`));
  return { seconds: Number.isFinite(seconds) ? seconds : 0, text: text.replace(/\s+/g, ' ').trim() };
}

/** Builds paragraphs of about half a minute, each with its start time. */
export function toMarkdown(title: string, lines: readonly TranscriptLine[]): string {
  const paragraphs: { seconds: number; texts: string[] }[] = [];
  for (const { seconds, text } of lines) {
    const last = paragraphs.at(-1);
    if (last && seconds - last.seconds < PARAGRAPH_SECONDS) last.texts.push(text);
    else paragraphs.push({ seconds, texts: [text] });
  }
  const body = paragraphs.map(({ seconds, texts }) => `[${clock(seconds)}] ${texts.join(' ')}`);
  return `# ${title}\n\n${body.join('\n\n')}\n`;
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
