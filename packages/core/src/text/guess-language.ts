/** Function words that few other languages have. */
const FUNCTION_WORDS: Record<string, string> = {
  en: 'the of and to is was are were with for on by at from that this which have has it be as not',
  de: 'der die das und ist ein eine einer des dem den mit für von zu auf nicht wird wurde sich auch werden sind im',
  fr: 'le la les des et est une dans pour par que qui sur au aux du en ce sont été avec ne pas',
  es: 'el los las y una por con para es del que se su al lo como fue está son más',
  it: 'il lo gli di è una per con che del della nel sono dei alla si non da',
  pt: 'o os as é um uma por com para do da dos das no na que não em são foi',
  nl: 'de het een en van is op te dat met voor niet zijn aan door bij wordt werd',
  sv: 'och att det som en är av för på med den till inte har ett var från',
  da: 'og at det som en er af for på med den til ikke har et var fra blev',
};
const LANGUAGES_BY_WORD = new Map<string, string[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of words.split(' ')) LANGUAGES_BY_WORD.set(word, [...(LANGUAGES_BY_WORD.get(word) ?? []), language]);
}
const SCRIPTS: [string, RegExp][] = [
  ['han', /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u],
  ['hangul', /\p{sc=Hangul}/u],
  ['cyrillic', /\p{sc=Cyrillic}/u],
  ['greek', /\p{sc=Greek}/u],
  ['arabic', /\p{sc=Arabic}/u],
  ['devanagari', /\p{sc=Devanagari}/u],
  ['tamil', /\p{sc=Tamil}/u],
  ['armenian', /\p{sc=Armenian}/u],
  ['thai', /\p{sc=Thai}/u],
];
const LATIN = /^\p{sc=Latin}/u;
const MIN_HITS = 2;

/** Language, or script if it isn't Latin, of a text's words in lowercase. Null if there are too few signs. */
export function guessLanguage(words: Iterable<string>): string | null {
  const hits = new Map<string, number>();
  for (const word of words) {
    const names = LANGUAGES_BY_WORD.get(word) ?? (LATIN.test(word) ? [] : scriptsOf(word));
    for (const name of names) hits.set(name, (hits.get(name) ?? 0) + 1);
  }
  const [first, second] = [...hits].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < MIN_HITS || first[1] === second?.[1]) return null;
  return first[0];
}

function scriptsOf(word: string): string[] {
  return SCRIPTS.filter(([, script]) => script.test(word)).map(([name]) => name);
}
