const COMMON_CYRILLIC = new Set('оеаинтсрвлкмдпуяыьгзбчй');
const COMMON_LATIN = new Set('äöüßéèêàáâçñóòôíìîúùûåøæœãõëïœÄÖÜÉÅØÆŒÇÑ€„“”‘’–—…«»°§©®£·º¿¡');
const CENTRAL_EUROPEAN = new Set('ěščřžýáíéúůďťňąćęłńóśźżőűăâîşţșțđČŠŽŘÁÉÍÚÝŁŚŻŹĆÓŐŰĐŇĎŤŮĚ„“”‘’–—…');
const TURKISH = new Set('çğıöşüÇĞİÖŞÜâî“”‘’–');
const BALTIC = new Set('āčēģīķļņšūžąęėįųĀČĒĢĪĶĻŅŠŪŽĖĮŲõäöüÕÄÖÜ„“–');
const GREEK = /[α-ωά-ώ]/;
const COMMON_ARABIC = new Set('ابتثجحخدذرزسشصعفقكلمنهويةأإىئءآطضغظؤپچگکی،؟');
const FREQUENT_ARABIC = new Set('اليمنوتربدسعهفكقةحأ');
const FREQUENT_THAI = new Set('านรกเงอมย่ลวดทส้ตะปบคหแจพชขใไโีิัุ็์ืำูถผธณึซญภฟ๊๋ศษ');
const THAI_MARK = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/;
const THAI_BASE = /[\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e48-\u0e4c]/;

/**
 * Scores how much decoded text looks like natural text, roughly 0 to 1; 0 or less means "no". Only counts non-ASCII
 * characters, because the rest is the same for every candidate.
 */
export function scoreText(text: string, encoding: string): number {
  let total = 0;
  let count = 0;
  let previous = 0;
  const kinds = { kana: 0, hangul: 0, han: 0 };
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 128) {
      if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12) {
        total -= 1;
        count++;
      }
      previous = code;
      continue;
    }
    count++;
    total += scoreCharacter(text[index] as string, code, previous, text.charCodeAt(index + 1) || 0, encoding, kinds);
    previous = code;
  }
  if (count === 0) return 0;
  return total / count + scoreScripts(encoding, kinds, count);
}

function scoreCharacter(
  char: string,
  code: number,
  previous: number,
  next: number,
  encoding: string,
  kinds: { kana: number; hangul: number; han: number },
): number {
  if (code >= 0x80 && code < 0xa0) return -2;
  if (code >= 0xe000 && code <= 0xf8ff) return -2;
  if (code >= 0x2500 && code <= 0x25ff) return encoding === 'cp437' || encoding === 'cp866' ? 0.1 : -0.5;
  if (code >= 0xff61 && code <= 0xff9f) return -0.4;
  if ((code >= 0x3041 && code <= 0x30ff) || code === 0x3005) {
    kinds.kana++;
    return 1;
  }
  if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xff5e)) return 0.8;
  if (code >= 0xac00 && code <= 0xd7a3) {
    kinds.hangul++;
    return 0.9;
  }
  if (code >= 0x4e00 && code <= 0x9fff) {
    kinds.han++;
    return scoreHan(char, encoding);
  }
  if (code >= 0xd800 && code <= 0xdfff) return -0.5;
  if (code >= 0x3400 && code <= 0x4dbf) return -1;
  if (code >= 0x0600 && code < 0x1e00 && !(code <= 0x06ff || (code >= 0x0e00 && code <= 0x0e7f))) return -0.5;
  // A word that mixes two alphabets is the surest sign of a wrong guess.
  if (code >= 0x0370 && code <= 0x0e7f && (isAsciiLetter(previous) || isAsciiLetter(next))) return -3;
  if (code >= 0x0400 && code <= 0x04ff) return scoreCased(char, COMMON_CYRILLIC, previous, 0.75);
  if (code >= 0x0370 && code <= 0x03ff)
    return encoding === 'windows-1253' ? scoreCased(char, undefined, previous, 0.7) : -0.2;
  if (code >= 0x0590 && code <= 0x05ff) return code >= 0x05d0 ? 0.7 : 0.3;
  if (code >= 0x0600 && code <= 0x06ff) {
    return FREQUENT_ARABIC.has(char) ? 0.8 : COMMON_ARABIC.has(char) ? 0.3 : -0.3;
  }
  if (code >= 0x0e00 && code <= 0x0e7f) {
    if (THAI_MARK.test(char) && !THAI_BASE.test(String.fromCharCode(previous))) return -1;
    return FREQUENT_THAI.has(char) ? 0.7 : -0.2;
  }
  return scoreLatin(char, previous, next, encoding);
}

/**
 * Scores a Han character. Instead of long lists of common characters, uses the fact that encodings put common ones in
 * their first half.
 */
function scoreHan(char: string, encoding: string): number {
  if (encoding.startsWith('utf-16')) return Object.values(HAN_LEVELS).some((level) => level.has(char)) ? 0.7 : -0.5;
  return HAN_LEVELS[encoding]?.has(char) ? 0.8 : -0.1;
}

function levelOne(encoding: string, from: number, to: number, trails: [number, number][]): Set<string> {
  const bytes: number[] = [];
  for (let lead = from; lead <= to; lead++) {
    for (const [low, high] of trails) for (let trail = low; trail <= high; trail++) bytes.push(lead, trail);
  }
  return new Set(new TextDecoder(encoding).decode(Uint8Array.from(bytes)));
}

const HAN_LEVELS: Record<string, Set<string>> = {
  shift_jis: levelOne('shift_jis', 0x88, 0x97, [
    [0x40, 0x7e],
    [0x80, 0xfc],
  ]),
  'euc-jp': levelOne('euc-jp', 0xb0, 0xcf, [[0xa1, 0xfe]]),
  gb18030: levelOne('gb18030', 0xb0, 0xd7, [[0xa1, 0xfe]]),
  big5: levelOne('big5', 0xa4, 0xc6, [
    [0x40, 0x7e],
    [0xa1, 0xfe],
  ]),
};

/**
 * Scores by letter case, which distinguishes the Cyrillic code pages best: the wrong one swaps or randomizes the case
 * of letters.
 */
function scoreCased(char: string, common: Set<string> | undefined, previous: number, good: number): number {
  const isUpper = char !== char.toLowerCase();
  const before = String.fromCharCode(previous);
  const afterLower = previous > 127 && before !== before.toUpperCase();
  const frequent = common ? common.has(char.toLowerCase()) : GREEK.test(char.toLowerCase());
  if (isUpper) return afterLower ? -1 : previous > 127 && frequent ? 0.6 : frequent ? 0.4 : 0.1;
  if (common) return frequent ? good : 0.1;
  return GREEK.test(char) ? good : 0;
}

function scoreLatin(char: string, previous: number, next: number, encoding: string): number {
  const set =
    encoding === 'windows-1250' || encoding === 'iso-8859-2'
      ? CENTRAL_EUROPEAN
      : encoding === 'windows-1254'
        ? TURKISH
        : encoding === 'windows-1257'
          ? BALTIC
          : COMMON_LATIN;
  const isLetter = char.toLowerCase() !== char.toUpperCase();
  if (isLetter && char !== char.toLowerCase() && previous >= 97 && previous <= 122) return -0.8;
  // Accented letters occur among plain ones. A word with only accented letters is a misread script.
  const inWord = isAsciiLetter(previous) || isAsciiLetter(next);
  const shared = encoding === 'windows-1252' ? 0.02 : 0;
  if (set.has(char)) return (isLetter && !inWord ? 0.25 : 0.6) + shared;
  if (isLetter) return inWord ? 0.1 : -0.2;
  return isPlainSign(char) ? 0.2 + shared : -0.4;
}

function isAsciiLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isPlainSign(char: string): boolean {
  return '¢¥ª²³¹¼½¾±µ¶×÷†‡•‰€™¨´'.includes(char);
}

function scoreScripts(encoding: string, kinds: { kana: number; hangul: number; han: number }, count: number): number {
  if (encoding === 'shift_jis' || encoding === 'euc-jp') return kinds.kana > count * 0.05 ? 0.15 : 0;
  if (encoding === 'euc-kr') return kinds.hangul > count * 0.6 ? 0.15 : -0.5;
  if (encoding === 'gb18030' || encoding === 'big5') return kinds.kana > count * 0.1 ? -0.2 : 0.05;
  return 0;
}
