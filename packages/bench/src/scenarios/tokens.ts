import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { estimateTokens, NEUTRAL_FACTORS } from '@lorebox/core/text/estimate-tokens';
import type { TokenizerFamily } from '@lorebox/core/text/token-weights';
import { type CountedText, fitTokenWeights } from '../load/fit-token-weights.ts';
import { makeTokenTexts } from '../load/token-texts.ts';
import { type CountTokens, loadTokenizers, prepareTokenizers } from '../load/tokenizers.ts';
import { figure, printHeading, printNote, printTable } from '../report.ts';

const NO_DATA = 3;
/** Texts are cut into pieces; even pieces are for tuning, odd ones are held out. */
const PIECES = 8;
const WEIGHTS = join(import.meta.dirname, '../../../core/src/text/token-weights.ts');
const FIXTURE = join(import.meta.dirname, '../../../core/src/text/fixtures/token-counts.json');
const FIXTURE_LENGTH = 800;
const HALVES = ['tuning', 'held out'] as const;

/** Prints estimated tokens per real token for each kind of text and tokenizer. `--fit` writes new weights first. */
export async function tokens(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { fit: { type: 'boolean', default: false } } });
  const tools = prepareTokenizers();
  if (typeof tools === 'string') {
    printNote(tools);
    process.exit(NO_DATA);
  }
  const tokenizers = await loadTokenizers(tools);
  const texts = makeTokenTexts(tools);
  if (values.fit) {
    writeWeights(texts, tokenizers);
    writeFixture(texts, tokenizers);
    printNote('New weights are written. Run again without --fit to see them.');
    return;
  }
  for (const [half, name] of HALVES.entries()) {
    printHeading(`Estimated tokens per real token, ${name} half: whole (lowest to highest piece)`);
    const rows = [...texts].map(([kind, text]) => {
      const pieces = piecesOf(text, half);
      const cells = [...tokenizers].map(([family, count]) => ratios(pieces, count, family));
      const unknown = [...tokenizers].map(([, count]) => ratioOf(pieces, count, null));
      return [kind, ...cells, `${figure(Math.min(...unknown))} to ${figure(Math.max(...unknown))}`];
    });
    printTable(['Text', ...tokenizers.keys(), 'unknown tokenizer'], rows);
  }
}

function piecesOf(text: string, half: number): string[] {
  const length = Math.floor(text.length / PIECES);
  const pieces = Array.from({ length: PIECES }, (_, i) => text.slice(i * length, (i + 1) * length));
  return pieces.filter((_, i) => i % 2 === half);
}

function ratioOf(pieces: readonly string[], count: CountTokens, family: TokenizerFamily | null): number {
  const profile = { family, factors: NEUTRAL_FACTORS };
  const estimated = pieces.reduce((sum, piece) => sum + estimateTokens(piece, profile), 0);
  return estimated / pieces.reduce((sum, piece) => sum + count(piece), 0);
}

function ratios(pieces: readonly string[], count: CountTokens, family: TokenizerFamily): string {
  const each = pieces.map((piece) => ratioOf([piece], count, family));
  return `${figure(ratioOf(pieces, count, family))} (${figure(Math.min(...each))}-${figure(Math.max(...each))})`;
}

function writeWeights(texts: ReadonlyMap<string, string>, tokenizers: ReadonlyMap<TokenizerFamily, CountTokens>): void {
  const families = [...tokenizers].map(([family, count]) => {
    const counted = [...texts].flatMap(([kind, text]) =>
      piecesOf(text, 0).map((piece): CountedText => ({ kind, text: piece, tokens: count(piece) })),
    );
    const weights = Object.entries(fitTokenWeights(counted)).map(([name, weight]) => `    ${name}: ${weight},`);
    return `  ${family}: {\n${weights.join('\n')}\n  },`;
  });
  const names = [...tokenizers.keys()].map((family) => `'${family}'`).join(' | ');
  writeFileSync(
    WEIGHTS,
    `import type { CharacterClass } from './count-characters.ts';\n\n` +
      `/** Tokenizers of model families. */\nexport type TokenizerFamily = ${names};\n\n` +
      '/** Thousandths of a token per character by class. Written by `npm run bench -- tokens --fit`, from real tokenizers. */\n' +
      `export const TOKEN_WEIGHTS: Readonly<Record<TokenizerFamily, Record<CharacterClass, number>>> = {\n${families.join('\n')}\n};\n`,
  );
}

/** Held-out texts with their real counts, for the unit test. */
function writeFixture(texts: ReadonlyMap<string, string>, tokenizers: ReadonlyMap<TokenizerFamily, CountTokens>): void {
  const rows = [...texts].map(([kind, text]) => {
    const sample = (piecesOf(text, 1)[1] ?? '').slice(0, FIXTURE_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
    return {
      kind,
      text: sample,
      tokens: Object.fromEntries([...tokenizers].map(([name, count]) => [name, count(sample)])),
    };
  });
  writeFileSync(FIXTURE, `${JSON.stringify(rows, null, 2)}\n`);
}
