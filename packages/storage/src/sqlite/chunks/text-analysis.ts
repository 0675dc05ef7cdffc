import { LANGUAGES, type Language, type WorkspaceLanguage } from '@lorebox/contract/language';
import type { Connection } from '../connection.ts';
import { detectLanguage } from '../search/detect-language.ts';
import { prepareOnce } from '../statements.ts';

/** Incremented when tokenization or stemming changes. Indexes with another version are rebuilt. */
const VERSION = 3;

/** Languages with a smaller share of the texts are not used in queries. */
const MIN_SHARE = 0.03;

const MAX_LANGUAGES = 4;

/**
 * How the texts of an index are tokenized and stemmed. Null for indexes of the first versions, which only use the
 * stemmer of the tokenizer.
 */
export type Analyzer = `${number}:${WorkspaceLanguage}` | null;

interface AnalysisRow {
  analyzer: Analyzer;
  language: WorkspaceLanguage;
}

export function analysisOf(
  { raw }: Pick<Connection, 'raw'>,
  workspaceId: string,
): { analyzer: Analyzer; wanted: Analyzer } {
  const sql = 'select text_analyzer analyzer, language from workspaces where id = ?';
  const row = prepareOnce<[string], AnalysisRow>(raw, sql).get(workspaceId);
  return { analyzer: row?.analyzer ?? null, wanted: `${VERSION}:${row?.language ?? 'auto'}` };
}

/** Returns the language used to stem a text. Null for an index of the first versions. */
export function languageOfText(analyzer: Analyzer, text: string): Language | null {
  const setting = settingOf(analyzer);
  if (setting === null) return null;
  return setting === 'auto' ? detectLanguage(text) : setting;
}

/**
 * Returns the languages used to stem a query: those of the texts, most frequent first. Empty for an index of the first
 * versions.
 */
export function languagesOf({ raw }: Pick<Connection, 'raw'>, workspaceId: string): Language[] {
  const setting = settingOf(analysisOf({ raw }, workspaceId).analyzer);
  if (setting === null) return [];
  if (setting !== 'auto') return [setting];
  const sql = 'select language, chunks from workspace_languages where workspace_id = ? order by chunks desc';
  const rows = prepareOnce<[string], { language: Language; chunks: number }>(raw, sql).all(workspaceId);
  const total = rows.reduce((sum, { chunks }) => sum + chunks, 0);
  return rows
    .filter(({ chunks }) => chunks >= total * MIN_SHARE)
    .slice(0, MAX_LANGUAGES)
    .map(({ language }) => language);
}

function settingOf(analyzer: Analyzer): WorkspaceLanguage | null {
  if (analyzer === null) return null;
  const name = analyzer.slice(analyzer.indexOf(':') + 1);
  return LANGUAGES.find((language) => language === name) ?? 'auto';
}
