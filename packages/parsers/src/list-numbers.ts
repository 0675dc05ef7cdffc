const ROMAN: [number, string][] = [
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

export function toRoman(value: number): string {
  if (value <= 0 || value > 32_767) return String(value);
  let left = value;
  let text = '';
  for (const [worth, sign] of ROMAN) {
    for (; left >= worth; left -= worth) text += sign;
  }
  return text;
}

/** a ... z, aa, bb ... zz, aaa, as Word counts. */
export function toRepeatedLetter(value: number): string {
  if (value <= 0) return '';
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.min(30, Math.ceil(value / 26)));
}

/** a ... z, aa, ab ... az, ba, as LibreOffice counts. */
export function toLetters(value: number): string {
  let text = '';
  for (let left = value; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(97 + ((left - 1) % 26)) + text;
  }
  return text;
}

export function toOrdinal(value: number): string {
  const tens = Math.floor(value / 10) % 10;
  const suffix = tens === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${suffix}`;
}

/** ① to ⑳; beyond those, plain digits. */
export function toCircled(value: number): string {
  return value >= 1 && value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : String(value);
}

/** 一, 二 ... 十, 十一 ... 九十九; beyond those, plain digits. */
export function toChinese(value: number): string {
  const digits = '〇一二三四五六七八九';
  if (value < 1 || value > 99) return String(value);
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? digits[ones] : ''}`;
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** "Twenty-one"; from 100 on, plain digits. */
export function toCardinalText(value: number): string {
  if (value < 0 || value > 99) return String(value);
  const words =
    value < 20
      ? (SMALL[value] as string)
      : `${TENS[Math.floor(value / 10)]}${value % 10 ? `-${SMALL[value % 10]}` : ''}`;
  return words[0]?.toUpperCase() + words.slice(1);
}

/** "Twenty-first"; from 100 on, digits with their suffix. */
export function toOrdinalText(value: number): string {
  if (value < 1 || value > 99) return toOrdinal(value);
  const words = toCardinalText(value);
  const cut = words.lastIndexOf('-') + 1;
  const last = words.slice(cut).toLowerCase();
  const ordinal = ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return cut > 0 ? words.slice(0, cut) + ordinal : (ordinal[0] as string).toUpperCase() + ordinal.slice(1);
}
