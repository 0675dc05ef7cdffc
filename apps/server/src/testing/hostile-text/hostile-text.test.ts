import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { HOSTILE_STRINGS } from './hostile-strings.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

/** What is linear takes 0.1 s, and on a busy machine a few times as long; what is quadratic takes minutes. */
const DEADLINE_MS = 30_000;
const LANES = 2;
const PACKAGES = join(import.meta.dirname, '../../../../../packages');

/** A thread that is ended, and replaced by the next one, when a function doesn't come back. */
class Lane {
  private worker: Worker | null = null;

  run(name: string, kind: string): Promise<string | null> {
    this.worker ??= new Worker(new URL('./run-thread.ts', import.meta.url));
    const { worker } = this;
    return new Promise((resolve) => {
      const settle = (outcome: string | null) => {
        clearTimeout(timer);
        worker.off('message', settle);
        worker.off('error', fail);
        resolve(outcome);
      };
      const fail = (error: unknown) => {
        this.worker = null;
        settle(String(error));
      };
      const timer = setTimeout(() => {
        this.worker = null;
        void worker.terminate();
        settle('it was not done in time');
      }, DEADLINE_MS);
      worker.on('message', settle);
      worker.on('error', fail);
      worker.postMessage({ name, kind });
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}

describe('text functions', () => {
  it('are done with 1 MB of any text in linear time', { timeout: 600_000 }, async () => {
    const pairs = Object.keys(TEXT_FUNCTIONS).flatMap((name) =>
      [...HOSTILE_STRINGS.keys()].map((kind) => ({ name, kind })),
    );
    const problems: string[] = [];
    const work = async () => {
      const lane = new Lane();
      for (let pair = pairs.shift(); pair; pair = pairs.shift()) {
        const problem = await lane.run(pair.name, pair.kind);
        if (problem !== null) problems.push(`${pair.name} on ${pair.kind}: ${problem}`);
      }
      await lane.close();
    };
    await Promise.all(Array.from({ length: LANES }, work));
    expect(problems).toEqual([]);
  });

  it('are all in the table', () => {
    const exported = globSync('{core,storage,parsers,contract}/src/**/*.ts', { cwd: PACKAGES })
      .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
      .flatMap((file) => textFunctionsOf(readFileSync(join(PACKAGES, file), 'utf8')));
    const known = new Set([...Object.keys(TEXT_FUNCTIONS), ...Object.keys(NEEDS_NO_TEST)]);
    expect(exported.length).toBeGreaterThan(30);
    expect(exported.filter((name) => !known.has(name))).toEqual([]);
  });
});

const EXPORTED = /^export (?:async )?function\*? (\w+)(?:<[^(]*>)?\(([^)]*)\)/gm;
const TEXT_PARAMETER =
  /\b(?:text|texts|query|question|answer|html|xml|raw|name|filename|word|run|cells|needles|line|lines|title|markdown): (?:readonly )?string/;

/** Exported functions with a parameter that by its name is text; use cases take ids and what schemas have bounded. */
function textFunctionsOf(source: string): string[] {
  return [...source.matchAll(EXPORTED)]
    .filter(
      ([, , parameters]) =>
        TEXT_PARAMETER.test(parameters ?? '') && !/\b(?:core: (?:Core|Services)|raw: )/.test(parameters ?? ''),
    )
    .map(([, name]) => name ?? '');
}

/** Why each is not in the table. */
const NEEDS_NO_TEST: Record<string, string> = {
  addCode: 'parseBytes .ts',
  addFlatOpenDocument: 'parseBytes .fodt',
  addHtml: 'parseBytes .html',
  addMarkdown: 'parseBytes .md',
  addNotebook: 'parseBytes .ipynb',
  addParagraphs: 'parseBytes .txt',
  detectFormat: 'parseBytes',
  embedderFor: 'looks a name of at most 300 characters up',
  requireAllowed: 'looks a name of at most 300 characters up',
  insertChunk: 'segmentForIndex and stemWords',
  pushTrimmed: 'splitSentences',
  embedPassages: 'hashes',
  prepareTurn: 'hands on',
  rewriteQuestion: 'cuts what it takes to 600 characters',
  walkXml: 'parseBytes .xml',
  walkUnits: 'parseBytes .fodt',
  parseXml: 'parseBytes .fodt',
  attributeOf: 'compares names',
  childrenOf: 'compares names',
  findAll: 'compares names',
  walkJson: 'parseBytes .json',
  parseBytes: 'once for each format',
  readFrontMatter: 'parseBytes .md',
  readRecords: 'parseBytes .csv',
  extensionOf: 'file names have at most 300 characters',
  isCodeName: 'file names have at most 300 characters',
  languageOfText: 'detectLanguage',
  isStopWord: 'looks one word up',
  languagesOfWord: 'looks one word up',
  stemWord: 'stemWords',
  overlap: 'looks words up',
  checkSupport: 'splitSentences and contentWords; sources are bounded',
  searchKeywords: 'queryTerms and toPhraseExpression',
  findKnownVectors: 'hashes',
  saveText: 'cuts into parts',
  unpackDocument: 'takes numbers apart',
};
