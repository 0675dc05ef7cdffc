import type { Document } from '@lorebox/contract/document';
import type { Turn } from '../chat/turn.ts';
import type { Services } from '../core.ts';
import { contentWords } from '../text/content-words.ts';
import { dateOfDocument, isInPeriod, periodOf, rankByAge, superlativeOf } from './document-dates.ts';
import type { QuestionKind } from './question-words.ts';

export interface DocumentChoice {
  /** Documents that the question is about, best first. */
  documents: Document[];
  /** False if the question names no document, so that these are simply all in scope. */
  isNamed: boolean;
}

const PAGE = 200;
/** Larger workspaces are narrowed down by search first. */
const MAX_LISTED = 600;
/** Documents of search hits in a larger workspace. */
const SEARCH_DEPTH = 200;
/** A document is named if it scores at least this share of the best one. */
const NEAR_BEST = 0.6;
const GENERIC_WORDS = new Set(
  contentWords(
    'document documents file files text texts pdf page pages summary summarize overview gist list all every compare difference differences between total sum ' +
      'number average many contents content main key points about tell give show please newest latest oldest first last recent ' +
      'dokument dokumente datei dateien zusammenfassung überblick vergleiche unterschied unterschiede liste nenne alle summe anzahl viele ' +
      'fichier fichiers résumé compare différence liste tous toutes total combien archivo archivos resumen lista todos todas suma cuántos',
  ),
);

/** Finds the documents that a question is about: by title, file name, metadata and date, within the scope of the turn. */
export async function chooseDocuments(
  core: Services,
  turn: Pick<Turn, 'workspace' | 'documentIds' | 'metadata' | 'question'>,
  kind: QuestionKind,
): Promise<DocumentChoice> {
  const inScope = await listCandidates(core, turn);
  const period = periodOf(turn.question);
  const dated = period === null ? [] : inScope.filter((document) => isInPeriod(dateOfDocument(document), period));
  const candidates = dated.length > 0 ? dated : inScope;
  const named = kind === 'compare' ? nameSides(turn.question, candidates) : nameDocuments(turn.question, candidates);
  const found = named.length > 0 ? named : candidates;
  const superlative = superlativeOf(turn.question);
  const documents = superlative === null ? found : rankByAge(found, superlative).slice(0, 1);
  const isNamed = named.length > 0 || dated.length > 0 || (superlative !== null && documents.length > 0);
  return { documents, isNamed };
}

async function listCandidates(
  core: Services,
  { workspace, documentIds, metadata, question }: Parameters<typeof chooseDocuments>[1],
): Promise<Document[]> {
  if (documentIds) {
    const found = await Promise.all(documentIds.slice(0, MAX_LISTED).map((id) => core.stores.documents.get(id)));
    return found.flatMap((document) => (document?.status === 'ready' ? [document] : []));
  }
  const filter = { workspaceId: workspace.id, metadata };
  const documents: Document[] = [];
  for (let cursor: string | undefined; documents.length < MAX_LISTED; ) {
    const page = await core.stores.documents.list({ workspaceId: workspace.id, status: 'ready', limit: PAGE, cursor });
    documents.push(...page.items.filter((document) => matches(document, metadata)));
    if (page.nextCursor === null) return documents;
    cursor = page.nextCursor;
  }
  const { hits } = await core.search.keyword(question, filter, SEARCH_DEPTH);
  const records = await core.search.load(
    workspace.id,
    hits.map(({ key }) => key),
  );
  const ids = [...new Set(records.map(({ documentId }) => documentId))];
  const found = await Promise.all(ids.map((id) => core.stores.documents.get(id)));
  return found.flatMap((document) => (document ? [document] : []));
}

function matches({ metadata }: Document, wanted: Turn['metadata']): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => metadata[name] === value);
}

/** Documents whose names share the rarest words with the question, best first. */
function nameDocuments(question: string, documents: readonly Document[]): Document[] {
  const asked = new Set(contentWords(question).filter((word) => !GENERIC_WORDS.has(word)));
  const names = documents.map((document) => ({ document, words: new Set(nameWords(document)) }));
  const counts = new Map<string, number>();
  for (const { words } of names) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weigh = (word: string) => Math.log(1 + documents.length / (counts.get(word) ?? documents.length));
  const scored = names.map(({ document, words }) => ({
    document,
    score: [...asked].reduce((sum, word) => (words.has(word) ? sum + weigh(word) : sum), 0),
  }));
  const top = Math.max(0, ...scored.map(({ score }) => score));
  if (top === 0) return [];
  return scored
    .filter(({ score }) => score >= top * NEAR_BEST)
    .sort((a, b) => b.score - a.score)
    .map(({ document }) => document);
}

/** The best document for each side of "A and B". Both documents if there are just two. */
function nameSides(question: string, documents: readonly Document[]): Document[] {
  if (documents.length === 2) return [...documents];
  const sides = question.split(/\s(?:and|with|to|vs\.?|versus|und|mit|et|avec|y|con|e|en)\s|[与和跟]/i);
  const chosen = new Set<Document>();
  for (const side of sides) {
    const [best] = nameDocuments(side, documents);
    if (best) chosen.add(best);
  }
  return chosen.size >= 2 ? [...chosen] : nameDocuments(question, documents);
}

function nameWords({ title, filename, metadata }: Document): string[] {
  const name = filename.replace(/\.[^.]{1,8}$/, '').replace(/[_-]+/g, ' ');
  const values = Object.values(metadata).filter((value) => typeof value === 'string');
  return contentWords([title, name, ...values].join(' ')).filter((word) => !GENERIC_WORDS.has(word));
}
