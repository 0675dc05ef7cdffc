import { hidePlaces } from '@lorebox/contract/hide-places';
import { normalizeText } from '@lorebox/contract/normalize-text';
import { matchesPattern } from '@lorebox/core/access/matches-pattern';
import { AnswerFilter } from '@lorebox/core/chat/answer-filter';
import { buildPrompt } from '@lorebox/core/chat/build-prompt';
import { CitationFilter } from '@lorebox/core/chat/citation-filter';
import { cite } from '@lorebox/core/chat/cite';
import { extractiveAnswer } from '@lorebox/core/chat/extractive-answer';
import { fitHistory } from '@lorebox/core/chat/fit-history';
import { focusPassage } from '@lorebox/core/chat/focus-passage';
import { isGeneralRefusal, isRefusal } from '@lorebox/core/chat/is-refusal';
import { matchPassage } from '@lorebox/core/chat/match-passage';
import { neutralizeMarkers, neutralizeTitle } from '@lorebox/core/chat/neutralize-markers';
import { PassageIndex, readClaim } from '@lorebox/core/chat/passage-index';
import { tidyQuote, toBlockQuote } from '@lorebox/core/chat/quote-text';
import { readMarker } from '@lorebox/core/chat/read-marker';
import { RemoteContentFilter, removeRemoteContent } from '@lorebox/core/chat/remote-content-filter';
import { statePart } from '@lorebox/core/chat/reply-additions';
import { namesMentioned } from '@lorebox/core/comments/find-mentions';
import { cleanFilename } from '@lorebox/core/documents/clean-filename';
import { measureLanguages } from '@lorebox/core/embeddings/measure-languages';
import { chunkText } from '@lorebox/core/ingest/chunk-text';
import { cutRow } from '@lorebox/core/ingest/cut-row';
import { minimumTokens } from '@lorebox/core/ingest/minimum-tokens';
import { paragraphsOf } from '@lorebox/core/ingest/paragraphs';
import { findTableHeader } from '@lorebox/core/ingest/table-header';
import { classifyQuestion } from '@lorebox/core/reading/classify-question';
import { periodOf, superlativeOf } from '@lorebox/core/reading/document-dates';
import { foldQuestion } from '@lorebox/core/reading/fold-question';
import { findMissingResults } from '@lorebox/core/tables/missing-results';
import { planQueries } from '@lorebox/core/tables/plan-query';
import { tokenize } from '@lorebox/core/tables/question-tokens';
import { readLabeledTotal } from '@lorebox/core/tables/read-labeled-total';
import { numbersIn, readNumber } from '@lorebox/core/tables/read-number';
import { readTableQuestion } from '@lorebox/core/tables/read-question';
import { readTables } from '@lorebox/core/tables/read-tables';
import { splitCells } from '@lorebox/core/tables/split-cells';
import { cleanName } from '@lorebox/core/text/clean-name';
import { contentWords } from '@lorebox/core/text/content-words';
import { countCharacters } from '@lorebox/core/text/count-characters';
import { findDates } from '@lorebox/core/text/dates';
import {
  estimateByScript,
  estimateTokens,
  NEUTRAL_FACTORS,
  tokenizerFamilyOf,
} from '@lorebox/core/text/estimate-tokens';
import { keySentences } from '@lorebox/core/text/key-sentences';
import { isNegated } from '@lorebox/core/text/polarity';
import { lacksQuantity, readQuantities } from '@lorebox/core/text/quantities';
import { splitSentences } from '@lorebox/core/text/sentences';
import { mayContinue, splitStatements } from '@lorebox/core/text/statements';
import { readWordOrder } from '@lorebox/core/text/word-order';
import { toSlug } from '@lorebox/core/workspaces/slug';
import { cleanSvg } from '@lorebox/parsers/clean-svg';
import { cleanText, squeezeText } from '@lorebox/parsers/clean-text';
import { readContentLines } from '@lorebox/parsers/content-lines';
import { decodeText, isText } from '@lorebox/parsers/decode-text';
import { guessDelimiter } from '@lorebox/parsers/delimiter';
import { detectTextKind } from '@lorebox/parsers/detect-text';
import { joinCells } from '@lorebox/parsers/document-builder';
import { formatTarget, readLinkCode } from '@lorebox/parsers/docx-fields';
import { readRecords } from '@lorebox/parsers/formats/csv';
import { isNamedPart, isNamedSection, isShortTitle, isTitleText } from '@lorebox/parsers/heading-words';
import { dataPictures, listPictures } from '@lorebox/parsers/html-pictures';
import { hasWords, isGarbled } from '@lorebox/parsers/is-language';
import { joinLines, KnownWords } from '@lorebox/parsers/join-lines';
import { joinSigns } from '@lorebox/parsers/join-signs';
import { languageOf } from '@lorebox/parsers/languages';
import { cleanLatex, readGroup } from '@lorebox/parsers/latex-inline';
import { showNumber } from '@lorebox/parsers/number-cell';
import { parseBytes } from '@lorebox/parsers/parse-file';
import { isRtlText } from '@lorebox/parsers/pdf-segments';
import { isOwnTitle } from '@lorebox/parsers/pdf-title';
import { isPageLabel, readPrintLine } from '@lorebox/parsers/print-lines';
import { markLowered, markRaised, markStruck, resolveRaised } from '@lorebox/parsers/raised-marks';
import { appendLowered, appendRaised } from '@lorebox/parsers/raised-text';
import { replacePayloads } from '@lorebox/parsers/replace-payloads';
import { scoreText } from '@lorebox/parsers/score-text';
import { readColumns } from '@lorebox/parsers/sqlite-columns';
import { readSymbols } from '@lorebox/parsers/symbol-fonts';
import { ParseFailure } from '@lorebox/ports/parser';
import { loadTokenizer } from '@lorebox/providers/embedder/shipped/sentence-model';
import { reversedCompounds } from '@lorebox/storage/sqlite/search/compounds';
import { detectLanguage } from '@lorebox/storage/sqlite/search/detect-language';
import { findQuotes } from '@lorebox/storage/sqlite/search/find-quotes';
import { foldLetters, foldScripts } from '@lorebox/storage/sqlite/search/fold';
import { highlight } from '@lorebox/storage/sqlite/search/highlight';
import { queryTerms, toPhraseExpression, wordExpressions } from '@lorebox/storage/sqlite/search/query-terms';
import { variantsOfWord, variantsOfWords } from '@lorebox/storage/sqlite/search/query-variants';
import {
  cutWord,
  groupsOf,
  needsTriples,
  segment,
  segmentForIndex,
  unspacedRuns,
  withoutUnspaced,
} from '@lorebox/storage/sqlite/search/segment';
import { stemWords } from '@lorebox/storage/sqlite/search/stem';
import { containsAny, writtenPhrases } from '@lorebox/storage/sqlite/search/written-phrases';
import { threadMatch } from '@lorebox/storage/sqlite/threads/thread-texts';

type TextFunction = (text: string) => unknown;

const sourceOf = (text: string) => ({
  n: 1,
  chunkId: 'doc.1.0',
  documentId: 'doc',
  externalId: null,
  title: text.slice(0, 1000),
  filename: 'a.txt',
  page: null,
  startTime: null,
  endTime: null,
  section: null,
  start: 0,
  end: text.length,
  text,
  score: 1,
});
const claimOf = (text: string) => ({ n: 1, start: 0, end: text.length, text, origin: 'model' as const });

/** The highest output limit is 131,072 tokens. */
const MAX_ANSWER_LENGTH = 600_000;

function filterAnswer(text: string, size: number): number {
  const filter = new AnswerFilter({
    passages: [sourceOf('It was 12 kg on 3 March 2020.')],
    allowRemoteContent: false,
    refusalText: 'No.',
    rules: '',
    isMatching: true,
  });
  let length = 0;
  for (let at = 0; at < text.length; at += size) length += filter.push(text.slice(at, at + size)).length;
  return length + filter.finish().length;
}

/** Lines as table rows. */
const rowsOf = (text: string) =>
  [...text.matchAll(/[^\n]+/g)].map(({ index, 0: line }) => ({
    kind: 'table-row' as const,
    start: index,
    end: index + line.length,
  }));

/** Asks about a table with the text in a header, a cell and the question. */
async function planTotal(text: string): Promise<unknown> {
  const rows = `Name | Amount ${text.replaceAll('\n', ' ')}\na | 1\n${text}`;
  const [table] = await readTables(rows, rowsOf(rows));
  const question = `What is the total amount of ${text.slice(0, 20_000)}?`;
  const asked = readTableQuestion(question) ?? { tokens: [], functions: [], functionWords: new Set<number>() };
  return table ? planQueries(question, asked, { table, view: 'x', documentName: text.slice(0, 1000) }) : null;
}

const countWords = (text: string) => text.split(' ').length;
const shortQuestion = 'What is a.b.c 漢字?';

/** Exported functions that take text, by name. Add each new function here; a test checks this. */
export const TEXT_FUNCTIONS: Record<string, TextFunction> = {
  normalizeText: (text) => ['NFC', 'NFKD'].map((form) => normalizeText(text, form as 'NFC')),
  cite: (text) => [cite([claimOf(text)], [sourceOf('A short text.')]), cite([claimOf('It is so.')], [sourceOf(text)])],
  isRefusal: (text) => [isRefusal(text, shortQuestion), isRefusal(shortQuestion, text), isGeneralRefusal(text)],
  isGeneralRefusal,
  readClaim,
  readQuantities,
  findDates,
  isNegated,
  readWordOrder,
  splitStatements,
  mayContinue: (text) => mayContinue(text, { start: 0, end: text.length }, undefined),
  readMarker: (text) => [readMarker(text, 0, true), readMarker(`[Source 1: ${text}`, 0, true)],
  lacksQuantity: (text) => lacksQuantity(readQuantities('12 kg, 3 March 2020'), readQuantities(text), () => true),
  matchPassage: (text) => [
    matchPassage(readClaim(text), new PassageIndex([sourceOf('A short text.')])),
    matchPassage(readClaim('It was 12 kg on 3 March 2020.'), new PassageIndex([sourceOf(text)])),
  ],
  AnswerFilter: (text) => filterAnswer(text.slice(0, MAX_ANSWER_LENGTH), MAX_ANSWER_LENGTH),
  'AnswerFilter in pieces': (text) => filterAnswer(text.slice(0, MAX_ANSWER_LENGTH), 7),
  extractiveAnswer: (text) => extractiveAnswer(shortQuestion, [sourceOf(text)]),
  'extractiveAnswer question': (text) => extractiveAnswer(text, [sourceOf('A short text.')]),
  readNumber: (text) => [readNumber(text, '.'), readNumber(text, ',')],
  numbersIn,
  splitCells,
  readLabeledTotal: (text) => [readLabeledTotal(text), readLabeledTotal(`Total: ${text}`)],
  findMissingResults: (text) => findMissingResults([{ statement: text, values: [1, 'a'], sources: [1] }], text, [], 0),
  tokenize,
  readTableQuestion,
  readTables: (text) => readTables(text, rowsOf(text)),
  planQueries: (text) => planTotal(text),
  cleanFilename,
  cleanName,
  matchesPattern: (text) => [matchesPattern('*a*b*', text), matchesPattern(text.slice(0, 300), text)],
  hidePlaces,
  chunkText: (text) => chunkText(text, null, { maxTokens: 400, countTokens: countWords }),
  paragraphsOf,
  contentWords,
  countCharacters,
  estimateTokens: (text) => estimateTokens(text),
  estimateByScript: (text) => estimateByScript(text, { family: null, factors: NEUTRAL_FACTORS }),
  tokenizerFamilyOf,
  fitHistory: (text) => fitHistory([{ role: 'user', text }], 0, 1e6, estimateTokens),
  splitSentences,
  keySentences: (text) => keySentences(text, 2000),
  classifyQuestion,
  focusPassage: (text) => focusPassage(sourceOf(text), text.slice(0, 20_000), 1000),
  foldQuestion,
  superlativeOf,
  periodOf,
  toSlug,
  cleanSvg: (text) => cleanSvg(`<svg>${text}</svg>`),
  cleanText,
  squeezeText,
  decodeText: (text) => decodeText(new TextEncoder().encode(text)),
  isText,
  guessDelimiter: (text) => [guessDelimiter(text), guessDelimiter(text, true)],
  detectTextKind: (text) => detectTextKind(text, 'unnamed'),
  joinCells: (text) => joinCells(text.split('|')),
  cutRow: (text) => cutRow(text, text.split('|'), { maxTokens: 100, maxNamesLength: 400, countTokens: countWords }),
  findTableHeader: (text) =>
    findTableHeader(
      text,
      [
        { kind: 'table-row', start: 0, end: text.length },
        { kind: 'table-row', start: 0, end: 0 },
      ],
      0,
    ),
  formatTarget: (text) => formatTarget(text, text),
  readLinkCode,
  showNumber: (text) => showNumber(1.5, text),
  resolveRaised: (text) =>
    resolveRaised(
      text
        .split(' ')
        .map((word, i) => [word, markRaised(word), markLowered(word)][i % 3])
        .join(''),
    ),
  readColumns,
  readSymbols: (text) => readSymbols(text, 'Symbol'),
  readRecords: (text) => readRecords(text, '|', () => {}),
  listPictures,
  dataPictures,
  languageOf: (text) => languageOf('unnamed', text),
  isRtlText,
  scoreText: (text) => scoreText(text, 'windows-1252'),
  detectLanguage,
  findQuotes,
  highlight: (text) => [highlight(shortQuestion, [text]), highlight(text.slice(0, 2000), [text])],
  cutWord,
  foldLetters,
  foldScripts,
  groupsOf: (text) => groupsOf(text, 3),
  measureLanguages: (text) => measureLanguages([text], () => 1),
  statePart: (text) => statePart({ documentsMatching: 1, itemsWanted: 'count' }, [], text),
  countPieces: (text) => loadTokenizer('multilingual').count(text),
  tidyQuote: (text) => toBlockQuote(tidyQuote(text, 600)),
  toBlockQuote,
  writtenPhrases,
  containsAny: (text) => containsAny(text, [text.slice(0, 80)]),
  minimumTokens,
  needsTriples,
  reversedCompounds,
  segment,
  unspacedRuns,
  wordExpressions: (text) => wordExpressions(text, ['de']),
  variantsOfWord: (text) => variantsOfWord(text, text),
  variantsOfWords: (text) => variantsOfWords(text.split(' ')),
  withoutUnspaced,
  queryTerms: (text) => queryTerms(text, ['de']),
  namesMentioned,
  threadMatch: (text) => threadMatch(text, 'ws', null),
  segmentForIndex: (text) => [segmentForIndex(text), segmentForIndex(text, 'de')],
  toPhraseExpression: (text) => toPhraseExpression(text, ['de']),
  stemWords: (text) => stemWords(segmentForIndex(text).toLowerCase(), 'de'),
  CitationFilter: (text) => {
    const filter = new CitationFilter(new Set([1]));
    return [filter.push(text), filter.finish()];
  },
  'CitationFilter in pieces': (text) => {
    const filter = new CitationFilter(new Set([1]));
    let out = 0;
    for (let at = 0; at < text.length; at += 7) out += filter.push(text.slice(at, at + 7)).length;
    return out + filter.finish().length;
  },
  neutralizeMarkers,
  neutralizeTitle,
  removeRemoteContent,
  'RemoteContentFilter in pieces': (text) => {
    const filter = new RemoteContentFilter();
    let out = 0;
    for (let at = 0; at < text.length; at += 7) out += filter.push(text.slice(at, at + 7)).length;
    return out + filter.finish().length;
  },
  buildPrompt: (text) =>
    buildPrompt({
      instructions: '',
      mode: 'chat',
      refusalText: 'No.',
      question: 'What?',
      images: [],
      passages: [sourceOf(text)],
      history: [{ role: 'assistant', text }],
      historyStart: 0,
      budget: { window: 5e6, reservedForAnswer: 1024, maxPromptTokens: 4_000_000, maxFreshTokens: null },
      countTokens: estimateTokens,
      fence: 'f00d',
    }),
  readContentLines: (text) => readContentLines(`NOTE:${text}`),
  hasWords,
  isGarbled,
  joinLines: (text) => joinLines(text, text, new KnownWords(() => [text])),
  readGroup: (text) => readGroup(`{${text}`, 0),
  cleanLatex,
  isOwnTitle: (text) => isOwnTitle(text, text),
  appendRaised: (text) => appendRaised(text, text),
  appendLowered: (text) => appendLowered(text, text),
  replacePayloads,
  isNamedPart,
  isNamedSection,
  isTitleText,
  isShortTitle,
  isPageLabel,
  readPrintLine,
  joinSigns: (text) => joinSigns([text, text]),
  markStruck: (text) => resolveRaised(markStruck(text)),
  ...Object.fromEntries(
    'txt md html xml csv json ipynb rtf eml mbox ts fodt tex rst org adoc vtt srt ics vcf mhtml svg'
      .split(' ')
      .map((extension) => [`parseBytes .${extension}`, (text: string) => parse(text, extension)]),
  ),
};

/** Valid start of a file of each type, so that the hostile text is inside one. */
const HEADS: Record<string, string> = {
  xml: '<?xml version="1.0"?><a>',
  html: '<!doctype html><html><body>',
  json: '{"a": "',
  ipynb: '{"cells": [{"cell_type": "markdown", "source": ["',
  rtf: '{\\rtf1 ',
  vtt: 'WEBVTT\n\n00:01.000 --> 00:02.000\n',
  ics: 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:',
  vcf: 'BEGIN:VCARD\nNOTE:',
  svg: '<svg><text>',
  mhtml: 'From: a\nSnapshot-Content-Location: b\nSubject: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html>',
  eml: 'From: a@b.c\nTo: a@b.c\nSubject: a\nContent-Type: text/plain\n\n',
  mbox: 'From a@b.c Mon Jan 01 00:00:00 2024\nFrom: a@b.c\nTo: a@b.c\nSubject: a\n\n',
  fodt: '<?xml version="1.0"?><office:document><office:body><office:text><text:p>',
};

/** The mail reader takes 8 µs per line. That is linear, but a million short lines would make this the slowest test. */
const MAIL_LENGTH = 128 * 1024;

async function parse(text: string, extension: string): Promise<unknown> {
  const body = /^(?:eml|mbox|mhtml)$/.test(extension) ? text.slice(0, MAIL_LENGTH) : text;
  const bytes = new TextEncoder().encode(`${HEADS[extension] ?? ''}${body}`);
  try {
    return await parseBytes(bytes, `a.${extension}`);
  } catch (error) {
    if (error instanceof ParseFailure && !(error.cause instanceof RangeError)) return null;
    throw error;
  }
}
