import type { TextRun } from '../pdf-runs.ts';
import type { OcrLine, OcrWord } from './engine.ts';
import type { Box } from './tesseract.ts';

/** Gaps wider than this multiple of the line height separate cells and columns. */
const WIDE_GAP = 0.9;
const CJK = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** Characters that OCR reads for bullets at the start of a line. */
const BULLET = /^[©®°¢«»•●■□◦*+]$/;

/** Joins words to runs, as in a PDF. A run ends at a wide gap. Lengths are scaled. */
export function joinWords(lines: readonly OcrLine[], scale: number): { runs: TextRun[]; loose: string[] } {
  const runs: TextRun[] = [];
  const loose: string[] = [];
  for (const line of lines) {
    const { words, box, height } = line;
    // Text that Tesseract itself detects as sideways keeps its order, but has no position in a horizontal layout.
    if (words.length > 1 && box.y1 - box.y0 > (box.x1 - box.x0) * 1.5) {
      loose.push(words.reduce((text, word) => append(text, word.text), ''));
      continue;
    }
    for (const group of splitAtGaps(words, height)) {
      const left = Math.min(...group.map(({ box: { x0 } }) => x0));
      const right = Math.max(...group.map(({ box: { x1 } }) => x1));
      const text = group.reduce((joined, word) => append(joined, word.text), '');
      runs.push({
        text: group.length > 1 && group[0] === words[0] ? text.replace(/^[©®°¢«»•●■□◦*+] /, '• ') : text,
        left: left * scale,
        right: right * scale,
        y: levelAt(line.baseline, (left + right) / 2) * scale,
        size: height * scale,
        isRtl: RTL.test(text),
        spaced: true,
      });
    }
  }
  return { runs, loose };
}

function splitAtGaps(words: readonly OcrWord[], height: number): OcrWord[][] {
  const groups: OcrWord[][] = [];
  let previous: OcrWord | undefined;
  for (const word of words) {
    // For either writing direction: only one of the two is a gap.
    const gap = previous ? Math.max(word.box.x0 - previous.box.x1, previous.box.x0 - word.box.x1) : 0;
    const isMark = previous !== undefined && previous === words[0] && BULLET.test(previous.text);
    if (previous && (gap < height * WIDE_GAP || isMark)) groups[groups.length - 1]?.push(word);
    else groups.push([word]);
    previous = word;
  }
  return groups;
}

/** Appends a word. Tesseract splits Chinese and Japanese at every character. */
function append(text: string, word: string): string {
  if (text === '') return word;
  return CJK.test(text.slice(-1)) && CJK.test(word.charAt(0)) ? text + word : `${text} ${word}`;
}

function levelAt({ x0, y0, x1, y1 }: Box, x: number): number {
  return x1 === x0 ? y0 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
