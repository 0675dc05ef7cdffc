/** The most frequent words of English prose, most frequent first. */
const COMMON =
  'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one ' +
  'you were her all she there would their we him been has when who will more no if out so said what up its about into ' +
  'than them can only other new some could time these two may then do first any my now such like our over man me even ' +
  'most made after also did many before must through back years where much your way well down should because each just ' +
  'those people how too little state good very make world still own see men work long get here between both life being ' +
  'under never day same another know while last might us great old year off come since against go came right used take ' +
  'three states himself few house use during without again place around however home small found part school general ' +
  'high upon water number fact though set public night system end need social government order point present course ' +
  'given next possible second line side early large group case away often city program best members look change power ' +
  'better several market paper field record study result method measure value model theory question answer report';
const ONSETS = [
  'b',
  'br',
  'c',
  'ch',
  'd',
  'f',
  'g',
  'gr',
  'h',
  'l',
  'm',
  'n',
  'p',
  'pl',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ea', 'io', 'ou'];
const ENDINGS = ['n', 'r', 'st', 'l', 'nt', 'ss', 'm', 'ct', 'ng', 'd'];

/** Mulberry32: the same seed produces the same load in every run. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Returns `size` different words, most frequent first: real English words at the top, where they matter most, followed
 * by made-up words.
 */
export function createVocabulary(size: number, seed = 1): readonly string[] {
  const random = createRandom(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  const words = new Set(COMMON.split(' '));
  while (words.size < size) {
    let word = '';
    for (let syllables = 2 + Math.floor(random() * 2); syllables > 0; syllables -= 1)
      word += pick(ONSETS) + pick(VOWELS);
    words.add(word + pick(ENDINGS));
  }
  return [...words];
}
