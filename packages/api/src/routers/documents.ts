import {
  Accepted,
  AddUrlInput,
  Document,
  DocumentFolder,
  DocumentSummary,
  ImportTextsInput,
  IngestEvent,
  ListDocumentsInput,
  UpdateDocumentInput,
} from '@lorebox/contract/document';
import { Id } from '@lorebox/contract/ids';
import { EventNumber, pageOf } from '@lorebox/contract/page';
import { WorkspaceRef } from '@lorebox/contract/workspace';
import { findWorkspace } from '@lorebox/core/access/find-workspace';
import { addUrl } from '@lorebox/core/documents/add-url';
import { cancelDocument } from '@lorebox/core/documents/cancel-document';
import { deleteDocument } from '@lorebox/core/documents/delete-document';
import { deleteDocuments } from '@lorebox/core/documents/delete-documents';
import { getDocument } from '@lorebox/core/documents/get-document';
import { importTexts } from '@lorebox/core/documents/import-texts';
import { listDocuments } from '@lorebox/core/documents/list-documents';
import { listFolders } from '@lorebox/core/documents/list-folders';
import { moveDocument } from '@lorebox/core/documents/move-document';
import { reingestDocument } from '@lorebox/core/documents/reingest-document';
import { retryDocument } from '@lorebox/core/documents/retry-document';
import { summarizeDocuments } from '@lorebox/core/documents/summarize-documents';
import { updateDocument } from '@lorebox/core/documents/update-document';
import { watchDocuments } from '@lorebox/core/documents/watch-documents';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import { z } from 'zod';
import { receiveUpload, UPLOAD_DESCRIPTION, UPLOAD_FORM, UploadForm } from '../receive-upload.ts';
import { NoContent, procedure, router } from '../trpc.ts';
import { whileAuthorized } from '../while-authorized.ts';
import { contentProcedures } from './document-content.ts';

const tags = ['documents'];
const DocumentRef = z.object({ documentId: Id });

export const documentsRouter = router({
  upload: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces/{workspace}/documents',
        tags,
        scopes: ['documents:write'],
        summary: 'Upload files',
        description: UPLOAD_DESCRIPTION,
        contentType: 'multipart/form-data',
        form: UPLOAD_FORM,
        status: 202,
      },
    })
    .input(UploadForm)
    .output(Accepted)
    .mutation(({ ctx, input }) => receiveUpload(ctx, input)),
  importTexts: procedure
    .meta({
      largeBody: true,
      openapi: {
        method: 'POST',
        path: '/workspaces/{workspace}/texts',
        tags,
        scopes: ['documents:write'],
        example: {
          input: {
            items: [
              { externalId: 'faq-1', title: 'Opening hours', text: 'The bakery opens at six.', metadata: { shop: 7 } },
            ],
          },
        },
        summary: 'Add up to 1,000 texts',
        status: 202,
      },
    })
    .input(ImportTextsInput)
    .output(Accepted)
    .mutation(({ ctx, input }) => importTexts(ctx.core, ctx.actor, input)),
  addUrl: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces/{workspace}/urls',
        tags,
        scopes: ['documents:write'],
        example: { input: { url: 'https://example.com/handbook.pdf', title: 'Handbook' } },
        summary: 'Add a document from a URL',
        status: 202,
      },
    })
    .input(AddUrlInput)
    .output(Accepted)
    .mutation(({ ctx, input }) => addUrl(ctx.core, ctx.actor, input, ctx.signal())),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/documents',
        tags,
        scopes: ['documents:read'],
        summary: 'List documents, oldest first unless `sort` and `order` say otherwise',
      },
    })
    .input(ListDocumentsInput)
    .output(pageOf(Document))
    .query(({ ctx, input }) => listDocuments(ctx.core, ctx.actor, input)),
  folders: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/folders',
        tags,
        scopes: ['documents:read'],
        summary: 'List the folders of uploaded files',
        description: 'From the `path` in the metadata of the documents, sorted by path, at most 2,000.',
      },
    })
    .input(WorkspaceRef)
    .output(z.object({ items: z.array(DocumentFolder) }))
    .query(async ({ ctx, input }) => ({ items: await listFolders(ctx.core, ctx.actor, input.workspace) })),
  summary: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/documents/summary',
        tags,
        scopes: ['documents:read'],
        summary: 'Count documents by status',
      },
    })
    .input(WorkspaceRef)
    .output(DocumentSummary)
    .query(({ ctx, input }) => summarizeDocuments(ctx.core, ctx.actor, input.workspace)),
  get: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/documents/{documentId}',
        tags,
        scopes: ['documents:read'],
        summary: 'Get a document',
      },
    })
    .input(DocumentRef)
    .output(Document)
    .query(({ ctx, input }) => getDocument(ctx.core, ctx.actor, input.documentId)),
  ...contentProcedures,
  update: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/documents/{documentId}',
        tags,
        scopes: ['documents:write'],
        example: { input: { title: 'Opening hours', metadata: { shop: 7 } } },
        summary: 'Update the title or metadata of a document',
      },
    })
    .input(UpdateDocumentInput)
    .output(Document)
    .mutation(({ ctx, input }) => updateDocument(ctx.core, ctx.actor, input)),
  delete: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/documents/{documentId}',
        tags,
        scopes: ['documents:write'],
        summary: 'Delete a document',
        status: 204,
      },
    })
    .input(DocumentRef)
    .output(NoContent)
    .mutation(({ ctx, input }) => deleteDocument(ctx.core, ctx.actor, input.documentId)),
  deleteMany: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces/{workspace}/documents/delete',
        tags,
        scopes: ['documents:write'],
        summary: 'Delete up to 1,000 documents',
      },
    })
    .input(z.object({ ...WorkspaceRef.shape, documentIds: z.array(Id).min(1).max(1000) }))
    .output(z.object({ deleted: z.number().int() }))
    .mutation(({ ctx, input }) => deleteDocuments(ctx.core, ctx.actor, input)),
  retry: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/documents/{documentId}/retry',
        tags,
        scopes: ['documents:write'],
        summary: 'Retry a failed document',
      },
    })
    .input(DocumentRef)
    .output(Document)
    .mutation(({ ctx, input }) => retryDocument(ctx.core, ctx.actor, input.documentId)),
  reingest: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/documents/{documentId}/reingest',
        tags,
        scopes: ['documents:write'],
        summary: 'Ingest a document again',
        description: 'Reads the same content again. Searches use the current text until the new one is complete.',
        status: 202,
      },
    })
    .input(DocumentRef)
    .output(Document)
    .mutation(({ ctx, input }) => reingestDocument(ctx.core, ctx.actor, input.documentId)),
  move: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/documents/{documentId}/move',
        tags,
        scopes: ['documents:write'],
        summary: 'Move a document to another workspace',
        description:
          'Requires the role editor in both workspaces. The document keeps its id and its file, and is ingested again with the settings of the other workspace. Documents of a source cannot be moved.',
        example: { input: { workspace: 'archive' } },
        status: 202,
      },
    })
    .input(DocumentRef.extend(WorkspaceRef.shape))
    .output(Document)
    .mutation(({ ctx, input }) => moveDocument(ctx.core, ctx.actor, input)),
  cancel: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/documents/{documentId}/cancel',
        tags,
        scopes: ['documents:write'],
        summary: 'Cancel an ingest',
      },
    })
    .input(DocumentRef)
    .output(Document)
    .mutation(({ ctx, input }) => cancelDocument(ctx.core, ctx.actor, input.documentId)),
  watch: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{workspace}/documents/events',
        tags,
        scopes: ['documents:read'],
        summary: 'Stream ingest progress',
        event: IngestEvent,
        endless: true,
      },
    })
    .input(z.object({ ...WorkspaceRef.shape, lastEventId: EventNumber.optional() }))
    .output(z.custom<AsyncIterable<TrackedEnvelope<IngestEvent>>>())
    .subscription(async function* ({ ctx, input, signal: gone }) {
      const events = whileAuthorized(
        ctx,
        gone,
        (signal) => watchDocuments(ctx.core, ctx.actor, input, signal),
        (actor) => findWorkspace(ctx.core, actor, input.workspace, 'viewer'),
      );
      for await (const event of events) yield tracked(String(event.id), event);
    }),
});
