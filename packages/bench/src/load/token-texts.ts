import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NpmTools } from '@lorebox/testkit/npm-tools';
import { createRandom } from '@lorebox/testkit/random';
import { readDeclaration } from './tokenizers.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const MAX_LENGTH = 16_000;

/** Pages that are mostly prose. */
const PAGES = ['docs/retrieval.md', 'docs/security.md', 'docs/connectors.md', 'docs/webhooks.md'];

const DECLARATIONS = {
  declaration: 'eng',
  german: 'deu_1996',
  french: 'fra',
  spanish: 'spa',
  portuguese: 'por_PT',
  italian: 'ita',
  dutch: 'nld',
  polish: 'pol',
  czech: 'ces',
  finnish: 'fin',
  turkish: 'tur',
  vietnamese: 'vie',
  swahili: 'swh',
  chinese: 'cmn_hans',
  japanese: 'jpn',
  korean: 'kor',
  thai: 'tha',
  hindi: 'hin',
  bengali: 'ben',
  tamil: 'tam',
  burmese: 'mya',
  khmer: 'khm',
  arabic: 'arb',
  persian: 'pes_1',
  hebrew: 'heb',
  russian: 'rus',
  ukrainian: 'ukr',
  greek: 'ell_monotonic',
  georgian: 'kat',
  armenian: 'hye',
  amharic: 'amh',
} as const;

/** Texts of many kinds by name: prose in 31 languages, code, tables, and text that no one wrote. */
export function makeTokenTexts(tools: NpmTools): Map<string, string> {
  const texts = new Map(
    Object.entries(DECLARATIONS).map(([name, language]) => [name, readDeclaration(tools, language)]),
  );
  const file = (path: string) => readFileSync(join(ROOT, path), 'utf8');
  const code = ['packages/core/src/search/retrieve.ts', 'packages/openapi/src/mount.ts', 'packages/parsers/src/zip.ts'];
  texts.set('code', code.map(file).join('\n'));
  texts.set('script', file('scripts/bootstrap.mjs'));
  texts.set('go', file('packages/sdk-go/client.go'));
  texts.set('python', file('packages/sdk-python/src/lorebox/_generated/resources.py').slice(2000, 40_000));
  texts.set('json', file('docs/openapi.json').slice(0, 40_000));
  texts.set('markdown', ['README.md', 'docs/retrieval.md', 'ARCHITECTURE.md'].map(file).join('\n'));
  texts.set('english', proseOf(PAGES.map(file).join('\n')));
  texts.set('capitals', (texts.get('english') ?? '').toUpperCase());
  for (const [name, text] of Object.entries(makeData())) texts.set(name, text);
  return new Map([...texts].map(([name, text]) => [name, text.slice(0, MAX_LENGTH)]));
}

/** Paragraphs of a Markdown text, without headings, code, tables and marks. */
function proseOf(markdown: string): string {
  const paragraphs = markdown
    .split(/\n\s*\n/)
    .filter((paragraph) => /^[A-Z]/.test(paragraph) && !paragraph.includes('|'));
  return paragraphs.join('\n\n').replace(/[`*]/g, '');
}

function makeData(): Record<string, string> {
  const random = createRandom(7);
  const below = (limit: number) => Math.floor(random() * limit);
  const lines = (count: number, line: () => string) => Array.from({ length: count }, line).join('\n');
  const hex = (length: number) => Array.from({ length }, () => below(16).toString(16)).join('');
  const date = () => `${2000 + below(25)}-0${1 + below(9)}-${10 + below(19)}`;
  const amount = () => `${below(100_000)}.${below(100)}`;
  return {
    'numeric CSV': lines(300, () => `${date()},${amount()},${below(1000)},-${amount()},${below(9_999_999)}`),
    'numeric table': lines(
      300,
      () => `| ${below(1000)} | ${amount()} | ${below(100)} % | $ ${below(999)},${100 + below(899)} |`,
    ),
    'spaced table': lines(300, () => `Row ${below(99)}    ${amount()}    ${below(100)}    (${below(9999)})`),
    hex: lines(200, () => hex(32)),
    'capital hex': lines(200, () => hex(16).toUpperCase()),
    'repeated hex': lines(200, () => hex(8).repeat(4)),
    'long numbers': lines(200, () => `${below(1e9)}${below(1e9)}`),
    codes: lines(300, () => `${hex(2).toUpperCase()}-${below(9999)} v${below(9)}.${below(20)} ISO ${below(99_999)}`),
    'hex dump': lines(200, () => Array.from({ length: 16 }, () => hex(2)).join(' ')),
    'base 64': Buffer.from(Array.from({ length: 9000 }, () => below(256))).toString('base64'),
    UUIDs: lines(200, () => `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`),
    URLs: lines(
      200,
      () => `https://example.com/a${below(999)}/files/report-${below(9999)}.html?id=${below(99_999)}&ref=x`,
    ),
    emoji: '😀🎉👍🏽 ok 🚀✨ '.repeat(200),
    'indented code': lines(400, () => `            value_${below(99)} = total + ${below(9)}`),
  };
}
