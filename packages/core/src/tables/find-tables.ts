import type { Document } from '@lorebox/contract/document';
import type { Turn } from '../chat/turn.ts';
import type { Services } from '../core.ts';
import { chooseDocuments } from '../reading/choose-documents.ts';
import type { NamedTable } from './plan-query.ts';
import { readTables } from './read-tables.ts';

export interface FoundTable extends NamedTable {
  document: Document;
  /** Stored text of the document. */
  text: string;
}

/** Documents that are looked at for tables. */
const MAX_DOCUMENTS = 100;
const MAX_TABLES = 100;
const MAX_TEXT_LENGTH = 12_000_000;
/** Passages that are searched for words of the question. */
const SEARCH_DEPTH = 50;
const MAX_VIEW_LENGTH = 60;

/** Tables that the question may be about: of the documents it names, of the best passages, then of the rest. */
export async function findTables(core: Services, turn: Turn): Promise<FoundTable[]> {
  const tables: FoundTable[] = [];
  let room = MAX_TEXT_LENGTH;
  for (const document of await listCandidates(core, turn)) {
    const found = await core.stores.documents.readTableText(document.id, room);
    if (!found) continue;
    const { text, blocks } = found;
    room -= text.length;
    const documentName = `${document.title} ${document.filename.replace(/\.[^.]{1,8}$/, '')}`;
    for (const table of await readTables(
      text,
      blocks.filter(({ excluded }) => excluded === undefined),
    )) {
      tables.push({ document, documentName, text, table, view: nameView(table.name || document.title) });
      if (tables.length >= MAX_TABLES) return tables;
    }
  }
  return tables;
}

async function listCandidates(core: Services, turn: Turn): Promise<Document[]> {
  const { workspace, documentIds, metadata, question } = turn;
  const chosen = await chooseDocuments(core, turn, 'count');
  const { hits } = await core.search.keyword(
    question,
    { workspaceId: workspace.id, documentIds, metadata },
    SEARCH_DEPTH,
  );
  const records = await core.search.load(
    workspace.id,
    hits.map(({ key }) => key),
  );
  const named = chosen.isNamed ? chosen.documents.slice(0, MAX_DOCUMENTS / 2) : [];
  const found = await Promise.all(
    [...new Set(records.map(({ documentId }) => documentId))].map((id) => core.stores.documents.get(id)),
  );
  const rest = chosen.isNamed ? await listScope(core, turn) : chosen.documents;
  const byId = new Map<string, Document>();
  for (const document of [...named, ...found, ...rest]) {
    if (document?.status === 'ready' && byId.size < MAX_DOCUMENTS) byId.set(document.id, document);
  }
  return [...byId.values()];
}

/** Documents that the question doesn't name: a table may contain its words. */
async function listScope(core: Services, turn: Turn): Promise<Document[]> {
  const { documents } = await chooseDocuments(core, { ...turn, question: '' }, 'count');
  return documents.slice(0, MAX_DOCUMENTS);
}

/** SQLite reserves some names. */
function nameView(name: string): string {
  const short = [...name].slice(0, MAX_VIEW_LENGTH).join('').replace(/\p{C}/gu, ' ').trim();
  return short === '' || /^(?:sqlite_|_cells)/i.test(short) ? `table ${short}`.trim() : short;
}
