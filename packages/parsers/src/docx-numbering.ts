import {
  toCardinalText,
  toChinese,
  toCircled,
  toOrdinal,
  toOrdinalText,
  toRepeatedLetter,
  toRoman,
} from './list-numbers.ts';
import { isOn } from './office-package.ts';
import { attributeOf, childOf, childrenOf, findAll, type XmlElement } from './xml.ts';

interface Level {
  format: string;
  /** Digits of a custom format: "001, 002, ..." has 3. */
  digits: number;
  text: string;
  start: number;
  /** Paragraph style that is linked to the level. */
  style: string | undefined;
  /** Number of the level (from 1) that restarts this one; 0 for none. */
  restart: number | undefined;
  isDecimal: boolean;
}

interface AbstractList {
  levels: Map<number, Level>;
  /** Style whose list is used instead. */
  styleLink: string | undefined;
}

interface ListInstance {
  abstract: string;
  starts: Map<number, number>;
  levels: Map<number, Level>;
}

const FORMATS: Record<string, (value: number) => string> = {
  lowerLetter: toRepeatedLetter,
  upperLetter: (value) => toRepeatedLetter(value).toUpperCase(),
  lowerRoman: toRoman,
  upperRoman: (value) => toRoman(value).toUpperCase(),
  decimalZero: (value) => String(value).padStart(2, '0'),
  ordinal: toOrdinal,
  cardinalText: toCardinalText,
  ordinalText: toOrdinalText,
  decimalEnclosedCircle: toCircled,
  decimalEnclosedCircleChinese: toCircled,
  numberInDash: (value) => `- ${value} -`,
  decimalFullWidth: (value) => [...String(value)].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join(''),
  chineseCounting: toChinese,
  chineseCountingThousand: toChinese,
  japaneseCounting: toChinese,
  taiwaneseCounting: toChinese,
  taiwaneseCountingThousand: toChinese,
  ideographDigital: toChinese,
};

function numberOf(element: XmlElement | undefined): number | undefined {
  const value = Number(attributeOf(element, 'val') ?? Number.NaN);
  return Number.isInteger(value) ? value : undefined;
}

function readLevel(element: XmlElement): Level {
  const formats = findAll(element, 'numFmt');
  const custom = attributeOf(formats[0], 'val') === 'custom' ? attributeOf(formats[0], 'format') : undefined;
  return {
    format: attributeOf(formats[custom === undefined ? 0 : 1] ?? formats[0], 'val') ?? 'decimal',
    digits: /^0*1(?=,)/.exec(custom ?? '')?.[0].length ?? 0,
    text: attributeOf(childOf(element, 'lvlText'), 'val') ?? '',
    start: numberOf(childOf(element, 'start')) ?? 0,
    style: attributeOf(childOf(element, 'pStyle'), 'val'),
    restart: numberOf(childOf(element, 'lvlRestart')),
    isDecimal: isOn(childOf(element, 'isLgl')),
  };
}

function readLevels(parent: XmlElement): Map<number, Level> {
  return new Map(
    childrenOf(parent, 'lvl').map(
      (level, index) => [Number(attributeOf(level, 'ilvl') ?? index) || 0, readLevel(level)] as const,
    ),
  );
}

/** Counts headings and list items like Word, so that "see 2.1" can be found. */
export class DocxNumbering {
  private readonly lists = new Map<string, AbstractList>();
  private readonly instances = new Map<string, ListInstance>();
  private readonly listOfStyle = new Map<string, string>();
  /** Counters by abstract list: lists that share one continue each other. */
  private readonly counters = new Map<string, (number | undefined)[]>();
  private readonly started = new Set<string>();

  constructor(root: XmlElement | undefined) {
    for (const list of childrenOf(root, 'abstractNum')) {
      const id = attributeOf(list, 'abstractNumId') ?? '';
      this.lists.set(id, { levels: readLevels(list), styleLink: attributeOf(childOf(list, 'numStyleLink'), 'val') });
      const style = attributeOf(childOf(list, 'styleLink'), 'val');
      if (style) this.listOfStyle.set(style, id);
    }
    for (const instance of childrenOf(root, 'num')) {
      const abstract = attributeOf(childOf(instance, 'abstractNumId'), 'val');
      if (abstract === undefined) continue;
      const starts = new Map<number, number>();
      const levels = new Map<number, Level>();
      for (const override of childrenOf(instance, 'lvlOverride')) {
        const depth = Number(attributeOf(override, 'ilvl') ?? 0) || 0;
        const start = numberOf(childOf(override, 'startOverride'));
        const level = childOf(override, 'lvl');
        if (start !== undefined) starts.set(depth, start);
        if (level) levels.set(depth, readLevel(level));
      }
      this.instances.set(attributeOf(instance, 'numId') ?? '', { abstract, starts, levels });
    }
  }

  /** Returns the level of a list that is linked to a paragraph style, from 0. */
  levelOfStyle(listId: string, style: string): number | undefined {
    const instance = this.instances.get(listId);
    if (!instance) return undefined;
    for (const levels of [instance.levels, this.listOf(instance.abstract)?.list.levels]) {
      for (const [depth, level] of levels ?? []) if (level.style === style) return depth;
    }
    return undefined;
  }

  /** Returns the mark of the next item in the list, followed by a space: "- " for bullets, "" for none. */
  nextMark(listId: string, depth: number): string {
    const instance = this.instances.get(listId);
    const base = instance ? this.listOf(instance.abstract) : undefined;
    if (!instance || !base) return '';
    const levelAt = (at: number) => instance.levels.get(at) ?? base.list.levels.get(at);
    const level = levelAt(depth);
    if (!level) return '- ';
    const counts = this.counters.get(base.id) ?? [];
    this.counters.set(base.id, counts);
    this.count(listId, instance, counts, depth, levelAt);
    if (level.format === 'bullet') return '- ';
    const mark = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const source = levelAt(at);
      if (!source || source.format === 'none') return '';
      const value = counts[at] ?? this.startOf(instance, at, source);
      if (level.isDecimal) return String(value);
      return source.digits > 0
        ? String(value).padStart(source.digits, '0')
        : (FORMATS[source.format]?.(value) ?? String(value));
    });
    return mark.trim() === '' ? '' : `${mark.trim()} `;
  }

  /** Advances the level and restarts those below it. */
  private count(
    listId: string,
    instance: ListInstance,
    counts: (number | undefined)[],
    depth: number,
    levelAt: (depth: number) => Level | undefined,
  ): void {
    const key = `${listId} ${depth}`;
    const start = instance.starts.get(depth);
    const level = levelAt(depth) as Level;
    // A start override restarts the shared counter when its list is used first.
    if (start !== undefined && !this.started.has(key)) counts[depth] = start;
    else counts[depth] = (counts[depth] ?? this.startOf(instance, depth, level) - 1) + 1;
    this.started.add(key);
    // A level above that was never counted shows its start value and goes on from there.
    for (let above = 0; above < depth; above++) {
      const source = levelAt(above);
      if (source) counts[above] ??= this.startOf(instance, above, source);
    }
    for (let below = depth + 1; below < counts.length; below++) {
      const restart = levelAt(below)?.restart;
      if (restart === undefined || (restart > 0 && depth < restart)) counts[below] = undefined;
    }
  }

  private startOf(instance: ListInstance, depth: number, level: Level): number {
    return instance.starts.get(depth) ?? level.start;
  }

  /** A list can take its levels from another one that is named by a style. */
  private listOf(id: string): { id: string; list: AbstractList } | undefined {
    let at = id;
    for (let steps = 0; steps < 10; steps++) {
      const list = this.lists.get(at);
      if (!list) return undefined;
      const linked = list.styleLink === undefined ? undefined : this.listOfStyle.get(list.styleLink);
      if (linked === undefined || linked === at) return { id: at, list };
      at = linked;
    }
    return undefined;
  }
}
