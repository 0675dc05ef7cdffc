import type { Actor } from '@lorebox/contract/actor';
import { withUrl } from '@lorebox/contract/document-url';
import type { SearchHit, SearchInput, SearchResult } from '@lorebox/contract/search';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireDocuments } from '../access/require-documents.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { joinTimes, timesWithin } from '../text/times-within.ts';
import { type Retrieved, retrieve } from './retrieve.ts';

/** Returns the passages that a question would be answered from, without calling a model. */
export async function search(
  core: Core,
  actor: Actor,
  input: SearchInput,
  signal?: AbortSignal,
): Promise<SearchResult> {
  requireScope(actor, 'documents:read');
  const workspace = await findWorkspace(core, actor, input.workspace, 'viewer');
  await requireDocuments(core, workspace.id, input.documentIds);
  const filter = { workspaceId: workspace.id, documentIds: input.documentIds, metadata: input.metadata };
  const similarityFloor = input.similarityFloor ?? workspace.similarityFloor;
  const { query, queryVariants, mode, k: limit } = input;
  const reranker = input.rerank === false ? 'off' : workspace.reranker;
  const { localOnly } = workspace;
  const retrieval = await retrieve(
    core,
    { query, queryVariants, filter, mode, limit, similarityFloor, reranker, localOnly },
    signal,
  );
  const texts = retrieval.passages.map(({ text }) => text);
  const highlights = texts.length === 0 ? [] : await core.search.highlight(query, texts);
  const hits = retrieval.passages.map((passage, i) => toHit(workspace.id, passage, highlights[i] ?? []));
  return { hits, mode, timings: retrieval.timings, notices: retrieval.notices };
}

function toHit(
  workspaceId: string,
  passage: Retrieved['passages'][number],
  highlights: SearchHit['highlights'],
): SearchHit {
  const { chunks, start, end, text, score, keywordScore, vectorScore, rerankScore } = passage;
  const [first] = chunks;
  if (!first) throw new Error('a passage without chunks');
  const { chunkId, documentId, externalId, title, filename, page, section } = first;
  return withUrl(workspaceId, {
    chunkId,
    documentId,
    externalId,
    title,
    filename,
    page,
    ...timesWithin(joinTimes(chunks), start, end),
    section,
    start,
    end,
    text,
    score,
    keywordScore,
    vectorScore,
    rerankScore,
    highlights,
  });
}
