import { CHARACTER_CLASSES, type CharacterClass, type CharacterCounts, countCharacters } from './count-characters.ts';
import { TOKEN_WEIGHTS, type TokenizerFamily } from './token-weights.ts';

/** Scripts whose token counts are corrected separately. */
export const SCRIPT_GROUPS = ['latin', 'cjk', 'other'] as const;
export type ScriptGroup = (typeof SCRIPT_GROUPS)[number];

/** Real tokens per estimated token, learned from the counts that a server reports. */
export type TokenFactors = Record<ScriptGroup, number>;

export interface TokenProfile {
  /** Null if the tokenizer is unknown: then the family with the most tokens counts. */
  family: TokenizerFamily | null;
  factors: TokenFactors;
}

export const NEUTRAL_FACTORS: TokenFactors = { latin: 1, cjk: 1, other: 1 };
const UNKNOWN: TokenProfile = { family: null, factors: NEUTRAL_FACTORS };

const CJK: ReadonlySet<CharacterClass> = new Set(['han', 'kana', 'hangul']);
const OTHER: ReadonlySet<CharacterClass> = new Set([
  'thai',
  'devanagari',
  'arabic',
  'cyrillic',
  'greek',
  'hebrew',
  'southeast',
  'other',
]);
const FAMILIES = Object.keys(TOKEN_WEIGHTS) as TokenizerFamily[];

/**
 * Estimates the tokens of `text`, about 10 % on the high side: an estimate that is too high wastes some context, and one
 * that is too low overflows the window. Weights per class of characters are fitted to real tokenizers (`npm run bench --
 * tokens`).
 */
export function estimateTokens(text: string, profile: TokenProfile = UNKNOWN): number {
  const tokens = estimateByScript(text, profile);
  return Math.ceil(tokens.latin + tokens.cjk + tokens.other);
}

/** Estimated tokens of each group of scripts, with the learned factors applied. */
export function estimateByScript(text: string, { family, factors }: TokenProfile): Record<ScriptGroup, number> {
  const counts = countCharacters(text);
  const tokens = { latin: 0, cjk: 0, other: 0 };
  for (const candidate of family === null ? FAMILIES : [family]) {
    const weighed = weigh(counts, candidate);
    for (const group of SCRIPT_GROUPS) tokens[group] = Math.max(tokens[group], weighed[group] * factors[group]);
  }
  return tokens;
}

function weigh(counts: CharacterCounts, family: TokenizerFamily): Record<ScriptGroup, number> {
  const weights = TOKEN_WEIGHTS[family];
  const tokens = { latin: 0, cjk: 0, other: 0 };
  for (const name of CHARACTER_CLASSES) {
    if (counts[name] > 0) tokens[groupOf(name)] += (counts[name] * weights[name]) / 1000;
  }
  return tokens;
}

function groupOf(name: CharacterClass): ScriptGroup {
  if (CJK.has(name)) return 'cjk';
  return OTHER.has(name) ? 'other' : 'latin';
}

/** Tokenizers by parts of model names, first match first. */
const NAMES: readonly (readonly [RegExp, TokenizerFamily])[] = [
  [/smollm/, 'smollm'],
  [/gpt-?oss|gpt-?4o|gpt-?4\.1|gpt-?5|\bo[134]\b|phi-?4-mini/, 'o200k'],
  [/gemma|gemini/, 'gemma'],
  [/mistral-?(?:nemo|small|large|medium)|ministral|pixtral|magistral|devstral/, 'tekken'],
  [/qwen|qwq|deepseek-r1-distill-qwen/, 'qwen'],
  [/llama-?3|llama-?4|hermes-3/, 'llama3'],
  [/llama-?2|mistral|mixtral|vicuna|tinyllama|phi-?3|codellama|zephyr/, 'llama2'],
];

/** Tokenizer of a model by its name; null if the name doesn't say it. */
export function tokenizerFamilyOf(modelId: string): TokenizerFamily | null {
  const name = modelId.toLowerCase();
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
