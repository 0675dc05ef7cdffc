import { normalizeText } from '@lorebox/contract/normalize-text';
import { isStopWord, roughStem, UNSPACED } from './content-words.ts';
import { poleOf } from './polarity.ts';

interface Token {
  key: string;
  /** Stands between two arguments, such as "before", "than" and "to". */
  isLink: boolean;
  isNumber: boolean;
  /** Next to a comma or "and", so that the order of the words around it has no meaning. */
  isListed: boolean;
  /** Follows "to". */
  isReceiver: boolean;
}

/** The words of a sentence in the order of the active voice. */
export interface WordOrder {
  tokens: Token[];
  isAgentlessPassive: boolean;
  /** Starts with an object, as German sentences may. */
  startsWithObject: boolean;
}

const PIECE = /[\p{L}\p{M}\p{N}]+(?:[.,:]\p{N}+)*|[,;、，]/gu;
const AUXILIARIES = new Set(
  'was were is are been be being wurde wurden wird werden worden fue fueron été est sont fut stato stata è werd blev foi foram'.split(
    ' ',
  ),
);
const AGENT_MARKERS = new Set('by von durch par por da dal dalla door av af'.split(' '));
const RECEIVER_MARKERS = new Set(['to', 'an', 'à', 'a']);
const LINKS = new Map(
  (
    'than:than als:than que:than che:than when:when wenn:when cuando:when quand:when if:if because:why weil:why parce:why porque:why ' +
    'while:while während:while mientras:while to:to auf:to by:by into:to until:to bis:to'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
const CONJUNCTIONS = new Set('and or und oder et ou y o e och og og ja és ve и і'.split(' '));
const FRONTED = new Set(
  'in at on for during under within after before since from with according im am bei nach vor seit für en dans à au aux pour pendant après avant selon para desde durante según antes después'.split(
    ' ',
  ),
);
const OBJECT_ARTICLES = new Set(['dem', 'den', 'einem', 'einen', 'ihm', 'ihr', 'ihnen']);
const MAX_FRONTED = 9;
const MAX_AGENT = 4;
const ADVERB = /(?:ly|lich|ment|mente)$/;

/** Reads the order of the words that matter. A passive sentence is reordered: agent, verb, object. */
export function readWordOrder(text: string): WordOrder {
  const raw = normalizeText(text, 'NFKC').match(PIECE) ?? [];
  const pieces = dropFronted(raw.flatMap(splitUnspaced));
  const words = pieces.map((piece) => piece.toLowerCase());
  const auxiliary = words.findIndex((word) => AUXILIARIES.has(word));
  const marker = auxiliary < 0 ? -1 : words.findIndex((word, i) => i > auxiliary && AGENT_MARKERS.has(word));
  const isPassive = auxiliary > 0 && marker > auxiliary;
  const indexes = isPassive ? activeOrder(words, auxiliary, marker) : words.map((_, i) => i);
  return {
    tokens: indexes.flatMap((i) => toToken(pieces, words, i)),
    isAgentlessPassive: auxiliary > 0 && !isPassive,
    startsWithObject: OBJECT_ARTICLES.has(words[0] ?? ''),
  };
}

/**
 * The arguments around a word that both sentences have are exchanged, as in "A sued B" and "B sued A". Both sides must
 * have changed: an adverb may stand anywhere.
 */
export function isExchanged(a: WordOrder, b: WordOrder): boolean {
  if (a.startsWithObject !== b.startsWithObject) return false;
  const positionsA = positionsOf(a.tokens);
  const positionsB = positionsOf(b.tokens);
  const ignoresReceivers = a.isAgentlessPassive && b.isAgentlessPassive;
  for (const [key, [atA, ...moreA]] of positionsA) {
    const [atB, ...moreB] = positionsB.get(key) ?? [];
    if (atA === undefined || atB === undefined || moreA.length > 0 || moreB.length > 0) continue;
    if (!isAnchor(a.tokens, atA) || !isAnchor(b.tokens, atB)) continue;
    let forward = 0;
    let backward = 0;
    for (const [word, places] of positionsA) {
      const others = word === key ? undefined : positionsB.get(word);
      if (!others || (a.tokens[places[0] ?? 0] as Token).isLink || ADVERB.test(word)) continue;
      if (ignoresReceivers && isReceiver(a.tokens, places) !== isReceiver(b.tokens, others)) continue;
      const before = places.every((place) => place < atA);
      const after = places.every((place) => place > atA);
      if (before && others.every((place) => place > atB)) forward += 1;
      if (after && others.every((place) => place < atB)) backward += 1;
    }
    if (forward > 0 && backward > 0) return true;
  }
  return false;
}

const isReceiver = (tokens: readonly Token[], places: readonly number[]) =>
  places.some((place) => tokens[place]?.isReceiver);

function isAnchor(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at] as Token;
  if (token.isNumber) return !(tokens[at - 1]?.isNumber || tokens[at + 1]?.isNumber);
  return token.isLink || !token.isListed;
}

function positionsOf(tokens: readonly Token[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [i, { key }] of tokens.entries()) {
    const places = positions.get(key);
    if (places) places.push(i);
    else positions.set(key, [i]);
  }
  return positions;
}

function toToken(pieces: readonly string[], words: readonly string[], i: number): Token[] {
  const word = words[i] as string;
  const piece = pieces[i] as string;
  const pole = poleOf(word);
  const link = pole ? `<${pole.pair}>` : LINKS.get(word);
  const isNumber = /^\p{N}/u.test(word);
  // "A" at the start is an article, elsewhere a name.
  const isLetterName = i > 0 && /^\p{Lu}$/u.test(piece);
  if (!link && !isLetterName && (!/^[\p{L}\p{N}]/u.test(word) || isStopWord(word) || AUXILIARIES.has(word))) return [];
  const isSeparator = (at: number) => /^[,;、，]$/.test(words[at] ?? '') || CONJUNCTIONS.has(words[at] ?? '');
  return [
    {
      key: link ?? (isNumber ? word.replace(/[.,]/g, '') : isLetterName ? piece : roughStem(word)),
      isLink: link !== undefined,
      isNumber,
      isListed: isSeparator(i - 1) || isSeparator(i + 1),
      isReceiver: [words[i - 1], words[i - 2]].some((before) => before !== undefined && RECEIVER_MARKERS.has(before)),
    },
  ];
}

/** Removes an adverbial at the start: "In the meadow, bees ...". */
function dropFronted(pieces: string[]): string[] {
  const comma = pieces.indexOf(',');
  const isFronted = comma > 0 && comma <= MAX_FRONTED && FRONTED.has((pieces[0] as string).toLowerCase());
  return isFronted ? pieces.slice(comma + 1) : pieces;
}

/** Indexes of the words: agent, the words between, subject. Example: "the bridge was destroyed in 1881 by a flood". */
function activeOrder(words: readonly string[], auxiliary: number, marker: number): number[] {
  const all = words.map((_, i) => i);
  let end = marker + 1;
  let count = 0;
  for (; end < words.length && count < MAX_AGENT; end += 1) {
    const word = words[end] as string;
    if (/^[,;]$/.test(word) || LINKS.has(word) || poleOf(word) || FRONTED.has(word) || CONJUNCTIONS.has(word)) break;
    if (!isStopWord(word)) count += 1;
  }
  // A German participle ends the sentence, after the agent.
  if (end === words.length && /^ge|t$|en$/.test(words[end - 1] ?? '') && words[marker] !== 'by' && end - marker > 2)
    end -= 1;
  const agent = all.slice(marker + 1, end);
  const rest = all.filter((i) => i > auxiliary && i !== marker && !(i > marker && i < end));
  return [...agent, ...rest, ...all.slice(0, auxiliary)];
}

/** Character pairs for scripts without spaces. */
function splitUnspaced(piece: string): string[] {
  if (!UNSPACED.test(piece)) return [piece];
  const chars = [...piece];
  return chars.length < 2 ? [piece] : chars.slice(1).map((char, i) => `${chars[i]}${char}`);
}
