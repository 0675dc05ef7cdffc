import type { Actor } from '@lorebox/contract/actor';
import type { Chunk, Document, UpdateChunkInput } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { embedderOf } from '../embeddings/choose-embedder.ts';
import { passageInput } from '../embeddings/embed-passages.ts';
import { findDocument } from './find-document.ts';

/** A correction rewrites the stored text, so longer ones take too long. In UTF-16 code units. */
const MAX_CORRECTED_LENGTH = 10_000_000;

export const CHANGED_WARNING =
  'Some chunks were excluded or corrected by hand. This is kept until the document is ingested again.';

/**
 * Takes a chunk out of searches and answers, puts it back, or corrects its text. The change is kept until the document
 * is ingested again.
 */
export async function updateChunk(
  core: Core,
  actor: Actor,
  { documentId, chunkId, ...input }: UpdateChunkInput,
): Promise<Chunk> {
  requireScope(actor, 'documents:write');
  const document = await findDocument(core, actor, documentId, 'editor');
  const { documents } = core.stores;
  const chunk = await findChunk(core, document, chunkId);
  const excluded = input.excluded ?? chunk.excluded;
  const text = input.text === undefined || input.text === chunk.text ? null : input.text;
  if (text === null && excluded === chunk.excluded) return chunk;
  if (document.status === 'processing')
    throw new AppError('CONFLICT', 'This document is being processed. Wait until it has finished.');
  if (text !== null) await requireCorrectable(core, document, chunk);
  const { id: _, ordinal } = chunk;
  const revision = Number(chunkId.split('.').at(-2));
  const isChanged = await documents.changeChunk({
    chunk: { documentId: document.id, revision, ordinal },
    text,
    excluded,
    embedded: excluded ? null : await embed(core, actor, document, chunk, text ?? chunk.text),
    warning: CHANGED_WARNING,
    at: new Date(core.clock.now()),
  });
  if (!isChanged)
    throw new AppError('CONFLICT', 'The document or its embedder has changed in the meantime. Try again.');
  return findChunk(core, document, chunkId);
}

async function findChunk({ stores }: Core, document: Document, chunkId: string): Promise<Chunk> {
  const ordinal = Number(chunkId.slice(chunkId.lastIndexOf('.') + 1));
  const cursor = ordinal > 0 ? String(ordinal - 1) : undefined;
  const page = Number.isSafeInteger(ordinal) ? { cursor, limit: 1 } : { limit: 1 };
  const [chunk] = (await stores.documents.listChunks(document.id, page, { withExcluded: true })).items;
  if (chunk?.id !== chunkId)
    throw new AppError('NOT_FOUND', 'Chunk not found. Its document may have been ingested again.');
  return chunk;
}

async function requireCorrectable({ stores }: Core, document: Document, chunk: Chunk): Promise<void> {
  if (chunk.startTime !== null)
    throw new AppError(
      'UNPROCESSABLE',
      'The text of a recording belongs to its times and cannot be corrected. Exclude it instead.',
    );
  const found = await stores.documents.readText(document.id, 0, 0);
  if ((found?.length ?? 0) <= MAX_CORRECTED_LENGTH) return;
  const limit = MAX_CORRECTED_LENGTH.toLocaleString('en');
  throw new AppError(
    'UNPROCESSABLE',
    `Only documents of up to ${limit} characters can be corrected. Replace the file instead.`,
  );
}

async function embed(core: Core, actor: Actor, document: Document, { section }: Chunk, text: string) {
  const { id, localOnly } = await findWorkspace(core, actor, document.workspaceId, 'editor');
  const embedder = await embedderOf(core, { id, localOnly });
  const input = passageInput({ title: document.title, section, text });
  const tokens = embedder.countTokens(text);
  if (tokens > embedder.maxTokens)
    throw new AppError(
      'UNPROCESSABLE',
      `The text is too long for the embedder: ${tokens} of ${embedder.maxTokens} tokens. Shorten it.`,
    );
  const [vector] = await embedder.embed([input], 'passage');
  if (!vector) throw new AppError('EMBEDDER_FAILED');
  return { modelId: embedder.modelId, vector, tokens };
}
