import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TEXT_FUNCTIONS } from './text-functions.ts';

const PACKAGES = join(import.meta.dirname, '../../../../../packages');

describe('text functions', () => {
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

/**
 * Exported functions with a parameter whose name suggests text. Use cases are excluded: they take IDs and input limited
 * by schemas.
 */
function textFunctionsOf(source: string): string[] {
  return [...source.matchAll(EXPORTED)]
    .filter(
      ([, , parameters]) =>
        TEXT_PARAMETER.test(parameters ?? '') && !/\b(?:core: (?:Core|Services)|raw: )/.test(parameters ?? ''),
    )
    .map(([, name]) => name ?? '');
}

/** Functions that are not in the table, with the reason. */
const NEEDS_NO_TEST: Record<string, string> = {
  openList: 'reads attributes of one element',
  addChartValues: 'joins values',
  placeHead: 'places whole texts',
  describeUncached: 'joins names',
  addCode: 'parseBytes .ts',
  addMailBody: 'parseBytes .eml',
  addXml: 'parseBytes .xml',
  describeUnread: 'joins two strings',
  indexThreadText: 'segmentForIndex',
  isHidden: 'parseBytes .html',
  isMarkupRoot: 'compares a name',
  withAttributes: 'parseBytes .xml',
  placeCells: 'joins strings',
  quoteTranslated: 'tidyQuote',
  addSheetObjects: 'names of sheets are bounded',
  listEntries: 'file names have at most 300 characters',
  markRaised: 'resolveRaised',
  markLowered: 'resolveRaised',
  readTarget: 'formatTarget',
  readUnits: 'parseBytes .fodt',
  chooseForText: 'measureLanguages',
  isIncluded: 'compares a name',
  requireAllowedEmbedder: 'isIncluded',
  nameTable: 'neutralizeTitle',
  matchValues: 'planQueries',
  findDecimalMark: 'readTables',
  quoteSentences: 'extractiveAnswer',
  quoteBest: 'extractiveAnswer',
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
  expandPassages: 'splitSentences; passages are bounded',
  overlap: 'looks words up',
  roughStem: 'looks one word up',
  monthOf: 'looks one word up',
  numberWordValue: 'looks one word up',
  isCertainNumberWord: 'looks one word up',
  poleOf: 'looks one word up',
  unitOf: 'looks one word up',
  scaleOf: 'looks one word up',
  checkSupport: 'splitSentences and contentWords; sources are bounded',
  searchKeywords: 'queryTerms and toPhraseExpression',
  shareOfKnownWords: 'wordExpressions',
  findKnownVectors: 'hashes',
  saveText: 'cuts into parts',
  unpackDocument: 'takes numbers apart',
};
