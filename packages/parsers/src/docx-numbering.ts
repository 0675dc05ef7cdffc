import { attributeOf, childOf, childrenOf, type XmlElement } from './xml.ts';

interface Level {
  format: string;
  text: string;
  start: number;
}

function toRoman(value: number): string {
  const signs: [number, string][] = [
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ];
  let left = Math.min(value, 3999);
  let text = '';
  for (const [worth, sign] of signs) {
    for (; left >= worth; left -= worth) text += sign;
  }
  return text;
}

function formatNumber(value: number, format: string): string {
  const letter = String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.min(10, Math.ceil(value / 26)));
  if (format === 'lowerLetter') return letter;
  if (format === 'upperLetter') return letter.toUpperCase();
  if (format === 'lowerRoman') return toRoman(value);
  if (format === 'upperRoman') return toRoman(value).toUpperCase();
  return String(value);
}

/** Counts list items like Word, so that "see 2.1" can be found. */
export class DocxNumbering {
  private readonly levels = new Map<string, Level[]>();
  private readonly abstractOf = new Map<string, string>();
  private readonly counters = new Map<string, number[]>();

  constructor(root: XmlElement | undefined) {
    for (const list of childrenOf(root, 'abstractNum')) {
      const levels = childrenOf(list, 'lvl').map((level) => ({
        format: attributeOf(childOf(level, 'numFmt'), 'val') ?? 'decimal',
        text: attributeOf(childOf(level, 'lvlText'), 'val') ?? '',
        start: Number(attributeOf(childOf(level, 'start'), 'val') ?? 1) || 0,
      }));
      this.levels.set(attributeOf(list, 'abstractNumId') ?? '', levels);
    }
    for (const instance of childrenOf(root, 'num')) {
      const abstract = attributeOf(childOf(instance, 'abstractNumId'), 'val');
      if (abstract !== undefined) this.abstractOf.set(attributeOf(instance, 'numId') ?? '', abstract);
    }
  }

  /** Returns the mark of the next item in the list, followed by a space: "- " for bullets, "" for none. */
  nextMark(listId: string, depth: number): string {
    const abstract = this.abstractOf.get(listId);
    const levels = abstract === undefined ? undefined : this.levels.get(abstract);
    const level = levels?.[depth];
    if (!level || !levels) return '- ';
    if (level.format === 'none') return '';
    if (level.format === 'bullet') return '- ';
    const key = abstract as string;
    const counts = this.counters.get(key) ?? [];
    this.counters.set(key, counts);
    counts[depth] = (counts[depth] ?? level.start - 1) + 1;
    counts.length = depth + 1;
    const mark = level.text.replace(/%(\d)/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      return formatNumber(counts[at] ?? levels[at]?.start ?? 1, levels[at]?.format ?? 'decimal');
    });
    return mark.trim() === '' ? '' : `${mark.trim()} `;
  }
}
