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

export const subtitlesParser = defineFormat({
  formats: ['subtitles'],
  extensions: ['vtt', 'srt'],
  parse(_bytes, { document, readText }) {
    const text = readText();
    if (!addCues(document, text)) {
      document.warn('No times were found, so this file was read as plain text.');
      if (document.textLength === 0) addParagraphs(document, text);
    }
  },
});
