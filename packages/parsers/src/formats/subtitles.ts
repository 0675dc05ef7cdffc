import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { addParagraphs } from './text.ts';

const CUE =
  /^\s{0,20}(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s{1,20}-->\s{1,20}(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/;
const SPEAKER = /^<v(?:\.[\w.]+)?\s+([^>]{1,100})>/;

function readSeconds(parts: readonly (string | undefined)[]): number {
  const [hours = '0', minutes = '0', seconds = '0', fraction = '0'] = parts;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(fraction.padEnd(3, '0')) / 1000;
}

/** Removes tags, and writes who speaks before what is said. */
function cleanCue(line: string): string {
  const speaker = SPEAKER.exec(line)?.[1];
  const text = line
    .replace(/<\/?[a-z\d][^>]{0,200}>|\{\\[^}]{1,100}\}/gi, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
  return speaker ? `${speaker.trim()}: ${text}` : text;
}

/** Adds each cue with its times. Returns false if there is none. */
function addCues(document: DocumentBuilder, text: string): boolean {
  const parts = text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/);
  let hasCues = false;
  for (const part of parts) {
    const lines = part.split('\n');
    const at = lines.findIndex((line) => CUE.test(line));
    const times = CUE.exec(lines[at] ?? '');
    if (!times) {
      // The header of WebVTT and its style sheets are for players. Notes are for readers.
      if (!/^\s*(?:WEBVTT|STYLE|REGION)/.test(part)) document.add('paragraph', part.replace(/^\s*NOTE\s?/, ''));
      continue;
    }
    hasCues = true;
    const [startTime, endTime] = [readSeconds(times.slice(1, 5)), readSeconds(times.slice(5, 9))];
    const spoken = lines
      .slice(at + 1)
      .map(cleanCue)
      .join('\n');
    document.add('paragraph', spoken, { startTime, endTime: Math.max(startTime, endTime) });
    document.duration = Math.max(document.duration ?? 0, endTime);
  }
  return hasCues;
}

const ASS_TIME = /^(\d{1,3}):(\d{1,2}):(\d{1,2})[.:](\d{1,3})$/;

/** Adds the dialogue of SubStation Alpha files, whose columns a line names. Returns false if there is none. */
function addDialogue(document: DocumentBuilder, text: string): boolean {
  let columns: string[] = [];
  let hasDialogue = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^Format:/i.test(line))
      columns = line
        .slice(7)
        .split(',')
        .map((name) => name.trim().toLowerCase());
    if (!/^Dialogue:/i.test(line)) continue;
    const values = line.slice(9).split(',');
    // The text is the last column, and may contain commas.
    const read = (name: string) => values[columns.indexOf(name)]?.trim() ?? '';
    const [start, end] = [ASS_TIME.exec(read('start')), ASS_TIME.exec(read('end'))];
    if (!start || !end) continue;
    hasDialogue = true;
    const spoken = cleanCue(
      values
        .slice(columns.length - 1)
        .join(',')
        .trim(),
    )
      .replace(/\\[Nn]/g, '\n')
      .replaceAll('\\h', ' ');
    const speaker = read('name') || read('actor');
    const [startTime, endTime] = [readSeconds(start.slice(1, 5)), readSeconds(end.slice(1, 5))];
    document.add('paragraph', speaker ? `${speaker}: ${spoken}` : spoken, {
      startTime,
      endTime: Math.max(startTime, endTime),
    });
    document.duration = Math.max(document.duration ?? 0, endTime);
  }
  return hasDialogue;
}

export const subtitlesParser = defineFormat({
  formats: ['subtitles'],
  extensions: ['vtt', 'srt', 'ass', 'ssa'],
  parse(_bytes, { document, readText }) {
    const text = readText();
    if (/^\s{0,100}\[Script Info\]/i.test(text) && addDialogue(document, text)) {
      document.title = /^Title:[ \t]*(.{1,300})/im.exec(text)?.[1];
      return;
    }
    if (!addCues(document, text)) {
      document.warn('No times were found, so this file was read as plain text.');
      if (document.textLength === 0) addParagraphs(document, text);
    }
  },
});
