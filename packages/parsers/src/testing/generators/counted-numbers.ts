import { writeDocx, writeOdf, writePptx } from '../office-file.ts';
import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

const FORMATS = ['decimal', 'lowerLetter', 'upperLetter', 'lowerRoman', 'upperRoman'] as const;
type Format = (typeof FORMATS)[number];
const PATTERNS = [
  ['%1', '%1.', 'Article %1', '(%1)', '§ %1'],
  ['%1.%2', '%2)', '%1.%2.', '(%2)'],
  ['%1.%2.%3', '%3.', '(%3)', '%2.%3'],
];
const DEPTH = 3;

interface Level {
  format: Format;
  pattern: string;
  start: number;
}

interface Item {
  /** Undefined for a plain paragraph between the items. */
  depth: number | undefined;
  list: number;
  /** The item restarts its level at this number. */
  restart: number | undefined;
  text: string;
  mark: string;
}

export function showNumber(value: number, format: Format): string {
  if (format === 'decimal') return String(value);
  if (format.endsWith('Letter')) {
    const letter = String.fromCharCode(97 + ((value - 1) % 26));
    return format === 'upperLetter' ? letter.toUpperCase() : letter;
  }
  const roman = `${'x'.repeat(Math.floor(value / 10))}${['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'][value % 10]}`;
  return format === 'upperRoman' ? roman.toUpperCase() : roman;
}

/** Makes two lists of three levels and a walk through them, with the number of every item. */
function makeWalk(random: () => number, token: () => string) {
  const lists = Array.from({ length: 2 }, () =>
    PATTERNS.map(
      (patterns): Level => ({
        format: pickOne(random, FORMATS),
        pattern: pickOne(random, patterns),
        start: pickInteger(random, 1, 4),
      }),
    ),
  );
  const counters = lists.map(() => [] as (number | undefined)[]);
  const items: Item[] = [];
  let list = 0;
  let depth = -1;
  for (let index = pickInteger(random, 4, 24); index > 0; index--) {
    if (random() < 0.15) {
      items.push({ depth: undefined, list, restart: undefined, text: token(), mark: '' });
      continue;
    }
    if (random() < 0.15) {
      list = 1 - list;
      depth = -1;
    }
    const counts = counters[list] as (number | undefined)[];
    depth = pickInteger(random, 0, Math.min(DEPTH - 1, depth + 1));
    // A list that goes on after the other one starts at its top.
    const levels = lists[list] as Level[];
    const restart = random() < 0.12 && depth === 0 ? pickInteger(random, 1, 9) : undefined;
    counts[depth] = restart ?? (counts[depth] ?? (levels[depth] as Level).start - 1) + 1;
    counts.length = depth + 1;
    const mark = (levels[depth] as Level).pattern.replace(/%(\d)/g, (_, digit: string) =>
      showNumber(counts[Number(digit) - 1] ?? 0, (levels[Number(digit) - 1] as Level).format),
    );
    items.push({ depth, list, restart, text: token(), mark });
  }
  return { lists, items };
}

type Walk = ReturnType<typeof makeWalk>;

function toDocx({ lists, items }: Walk, hasStyles: boolean): Uint8Array {
  const level = ({ format, pattern, start }: Level, depth: number, list: number) =>
    `<w:lvl w:ilvl="${depth}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/>${hasStyles && list === 0 ? `<w:pStyle w:val="Heading${depth + 1}"/>` : ''}<w:lvlText w:val="${pattern}"/></w:lvl>`;
  let numbering = lists
    .map(
      (levels, list) =>
        `<w:abstractNum w:abstractNumId="${list}"><w:multiLevelType w:val="multilevel"/>${levels.map((at, depth) => level(at, depth, list)).join('')}</w:abstractNum>`,
    )
    .join('');
  let nums = lists.map((_, list) => `<w:num w:numId="${list + 1}"><w:abstractNumId w:val="${list}"/></w:num>`).join('');
  let next = lists.length + 1;
  const paragraphs = items.map(({ depth, list, restart, text }) => {
    if (depth === undefined) return `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const isHeading = hasStyles && list === 0;
    let properties = isHeading ? `<w:pStyle w:val="Heading${depth + 1}"/>` : '';
    if (restart !== undefined) {
      nums += `<w:num w:numId="${next}"><w:abstractNumId w:val="${list}"/><w:lvlOverride w:ilvl="${depth}"><w:startOverride w:val="${restart}"/></w:lvlOverride></w:num>`;
      properties += `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${next++}"/></w:numPr>`;
    } else if (!isHeading) properties += `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${list + 1}"/></w:numPr>`;
    return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
  });
  numbering += nums;
  const styles = [1, 2, 3].map(
    (depth) =>
      `<w:style w:type="paragraph" w:styleId="Heading${depth}"><w:name w:val="heading ${depth}"/><w:pPr><w:numPr>${depth > 1 ? `<w:ilvl w:val="${depth - 1}"/>` : ''}<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="${depth - 1}"/></w:pPr></w:style>`,
  );
  return writeDocx(paragraphs.join(''), { numbering, styles: hasStyles ? styles.join('') : '' });
}

const ODF_FORMATS: Record<Format, string> = {
  decimal: '1',
  lowerLetter: 'a',
  upperLetter: 'A',
  lowerRoman: 'i',
  upperRoman: 'I',
};

function toOdt({ lists, items }: Walk): Uint8Array {
  const styles = lists.map((levels, list) => {
    const level = ({ format, pattern, start }: Level, depth: number) =>
      `<text:list-level-style-number text:level="${depth + 1}" style:num-format="${ODF_FORMATS[format]}" loext:num-list-format="${pattern.replace(/%(\d)/g, '%$1%')}" text:start-value="${start}" text:display-levels="${depth + 1}"/>`;
    return `<text:list-style style:name="L${list}">${levels.map(level).join('')}</text:list-style>`;
  });
  const opened = new Map<number, string>();
  const paragraphs = items.map(({ depth, list, restart, text }, index) => {
    if (depth === undefined) return `<text:p>${text}</text:p>`;
    const last = opened.get(list);
    const continued = last === undefined ? '' : ` text:continue-list="${last}"`;
    opened.set(list, `list${index}`);
    const start = restart === undefined ? '' : ` text:start-value="${restart}"`;
    return `<text:list xml:id="list${index}" text:style-name="L${list}"${continued}>${'<text:list-item><text:list>'.repeat(depth)}<text:list-item${start}><text:p>${text}</text:p></text:list-item>${'</text:list></text:list-item>'.repeat(depth)}</text:list>`;
  });
  return writeOdf('text', paragraphs.join(''), styles.join(''));
}

/** Numbered headings and lists in Word and OpenDocument: styles, levels, formats, start values, restarts, two lists at once. */
export const makeCountedNumbers: DocumentGenerator = (random) => {
  const walk = makeWalk(random, createTokens(random));
  const kind = pickOne(random, ['docx', 'docx-styles', 'odt']);
  return {
    filename: kind === 'odt' ? 'numbers.odt' : 'numbers.docx',
    bytes: kind === 'odt' ? toOdt(walk) : toDocx(walk, kind === 'docx-styles'),
    tokens: walk.items.map(({ text }) => text),
    otherText: walk.items.map(({ mark }) => mark).join(' '),
    check(document) {
      const lines = document.text.split('\n');
      return walk.items
        .map(({ mark, text }) => `${mark} ${text}`.trim())
        .filter((line) => !lines.includes(line))
        .map((line) => `"${line}" is "${lines.find((other) => other.endsWith(line.split(' ').at(-1) ?? ''))}"`);
    },
  };
};

const AUTO_NUMBERS: Record<string, (value: number) => string> = {
  arabicPeriod: (value) => `${value}.`,
  arabicParenR: (value) => `${value})`,
  arabicParenBoth: (value) => `(${value})`,
  alphaLcPeriod: (value) => `${showNumber(value, 'lowerLetter')}.`,
  alphaUcParenR: (value) => `${showNumber(value, 'upperLetter')})`,
  romanLcParenBoth: (value) => `(${showNumber(value, 'lowerRoman')})`,
  romanUcPeriod: (value) => `${showNumber(value, 'upperRoman')}.`,
};

/** Numbered paragraphs on slides: types, start values, levels, interruptions. */
export const makeSlideNumbers: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const lines: string[] = [];
  const tokens: string[] = [];
  const slides = Array.from({ length: pickInteger(random, 1, 3) }, () => {
    let paragraphs = '';
    const add = (properties: string, mark: string) => {
      const text = token();
      tokens.push(text);
      lines.push(`${mark} ${text}`.trim());
      paragraphs += `<a:p>${properties}<a:r><a:t>${text}</a:t></a:r></a:p>`;
    };
    for (let list = pickInteger(random, 1, 3); list > 0; list--) {
      const type = pickOne(random, Object.keys(AUTO_NUMBERS));
      const start = pickInteger(random, 1, 5);
      const startAt = start === 1 ? '' : ` startAt="${start}"`;
      const show = AUTO_NUMBERS[type] as (value: number) => string;
      for (let index = 0; index < pickInteger(random, 1, 5); index++) {
        add(`<a:pPr><a:buAutoNum type="${type}"${startAt}/></a:pPr>`, show(start + index));
        for (let inner = 1; random() < 0.3; inner++) {
          add('<a:pPr lvl="1"><a:buAutoNum type="arabicParenR"/></a:pPr>', `${inner})`);
        }
      }
      add('<a:pPr><a:buNone/></a:pPr>', '');
    }
    return `<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:txBody>${paragraphs}</p:txBody></p:sp>`;
  });
  return {
    filename: 'numbers.pptx',
    bytes: writePptx(slides),
    tokens,
    otherText: lines.join(' '),
    check(document) {
      const found = document.text.split('\n');
      return lines.filter((line) => !found.includes(line)).map((line) => `"${line}" is missing`);
    },
  };
};
