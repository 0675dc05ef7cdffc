import { Chunk, DocumentContent, DocumentLink, DocumentText, UpdateChunkInput } from '@lorebox/contract/document';
import { Id } from '@lorebox/contract/ids';
import { NumberedPageInput, pageOf } from '@lorebox/contract/page';
import { createFileLink } from '@lorebox/core/documents/file-link';
import { getDocumentContent } from '@lorebox/core/documents/get-document-content';
import { listChunks } from '@lorebox/core/documents/list-chunks';
import { readDocumentText } from '@lorebox/core/documents/read-document-text';
import { updateChunk } from '@lorebox/core/documents/update-chunk';
import { z } from 'zod';
import { procedure } from '../trpc.ts';

const tags = ['documents'];
const DocumentRef = z.object({ documentId: Id });

/** Procedures of `documents` that read document content. */
export const contentProcedures = {
  updateChunk: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/documents/{documentId}/chunks/{chunkId}',
        tags,
        scopes: ['documents:write'],
        summary: 'Exclude or correct a chunk',
        description:
          'An excluded chunk is not found by searches and not sent to models. A corrected text replaces the stored one and is embedded again. A warning of the document says so. Changes are kept until the document is ingested again.',
        example: { input: { excluded: true } },
      },
    })
    .input(UpdateChunkInput)
    .output(Chunk)
    .mutation(({ ctx, input }) => updateChunk(ctx.core, ctx.actor, input)),
  content: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/documents/{documentId}/content',
        tags,
        scopes: ['documents:read'],
        summary: 'Download a file',
        description:
          'Returns the uploaded file, or one `Range` of it. Documents added as text are returned as text/plain. Over tRPC, returns the file details only.',
        download: ['*/*'],
      },
    })
    .input(DocumentRef)
    .output(DocumentContent)
    .query(({ ctx, input }) => getDocumentContent(ctx.core, ctx.actor, input.documentId)),
  link: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/documents/{documentId}/link',
        tags,
        scopes: ['documents:read'],
        summary: 'Create a link to a file',
        description:
          'The link opens the file for ten minutes without a credential, for everyone who has it. With `inline`, browsers show PDFs, images, recordings and plain text in a sandbox; all other types are saved.',
      },
    })
    .input(
      DocumentRef.extend({
        inline: z.boolean().default(false).describe('Show the file if its type is safe, instead of saving it.'),
      }),
    )
    .output(DocumentLink)
    .mutation(({ ctx, input }) => createFileLink(ctx.core, ctx.actor, input)),
  text: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/documents/{documentId}/text',
        tags,
        scopes: ['documents:read'],
        summary: 'Get the text of a document',
      },
    })
    .input(
      z.object({ documentId: Id, start: z.number().int().min(0).default(0), end: z.number().int().min(0).optional() }),
    )
    .output(DocumentText)
    .query(({ ctx, input }) => readDocumentText(ctx.core, ctx.actor, input)),
  chunks: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/documents/{documentId}/chunks',
        tags,
        scopes: ['documents:read'],
        summary: 'List chunks in document order',
      },
    })
    .input(z.object({ documentId: Id, ...NumberedPageInput.shape }))
    .output(pageOf(Chunk))
    .query(({ ctx, input }) => listChunks(ctx.core, ctx.actor, input.documentId, input)),
};
