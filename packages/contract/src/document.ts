import { z } from 'zod';
import { FailureReason } from './failure.ts';
import { Id } from './ids.ts';
import { PageInput, SortOrder } from './page.ts';
import { Place } from './passage.ts';
import { WorkspaceRef } from './workspace.ts';

export const DocumentStatus = z.enum(['processing', 'ready', 'failed']).meta({ id: 'DocumentStatus' });
export type DocumentStatus = z.infer<typeof DocumentStatus>;

/** Progress of an ingest. Each stage is durable before the next one starts. */
export const IngestStage = z
  .enum(['stored', 'parsed', 'chunked', 'embedded', 'searchable'])
  .meta({ id: 'IngestStage' });
export type IngestStage = z.infer<typeof IngestStage>;

export const Metadata = z
  .record(z.string().min(1).max(100), z.union([z.string().max(2000), z.number(), z.boolean()]))
  .refine((value) => Object.keys(value).length <= 50, 'At most 50 keys are allowed.');
export type Metadata = z.infer<typeof Metadata>;

export const Document = z
  .object({
    id: Id,
    workspaceId: Id,
    externalId: z.string().nullable().describe('Your id for the document. Sending it again replaces the document.'),
    filename: z.string(),
    title: z.string(),
    format: z
      .string()
      .nullable()
      .describe('File format detected from the content: "pdf", "docx", "text", ... Null until parsed.'),
    size: z.number().int().describe('Size of the uploaded file in bytes.'),
    source: z.enum(['upload', 'text', 'url']),
    sourceUrl: z.string().nullable(),
    metadata: Metadata.describe(
      'Your values, and what the file says about itself under other names: `author`, `created`, `from`, `subject` ...',
    ),
    pinned: z.boolean().describe('The model reads the whole document with every question, as far as it fits.'),
    summaryState: z
      .enum(['none', 'partial', 'complete'])
      .describe('Summary for questions about the whole document. Only long documents need one.'),
    status: DocumentStatus,
    stage: IngestStage,
    progress: z.number().min(0).max(1),
    reason: FailureReason.nullable(),
    message: z.string().nullable().describe('Human-readable: the progress, or why it failed and what to do next.'),
    warnings: z.array(z.string()),
    pages: z.number().int().nullable(),
    duration: z.number().nullable().describe('Length of a recording in seconds. Null for other formats.'),
    chunks: z.number().int(),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof Document>;

export const DocumentSort = z.enum(['created', 'title', 'size', 'status']).meta({ id: 'DocumentSort' });
export type DocumentSort = z.infer<typeof DocumentSort>;

/** A folder of uploaded files, from their paths. */
export const DocumentFolder = z
  .object({
    path: z.string().describe('Path of the folder, without a slash at the end.'),
    count: z.number().int().describe('Number of documents in the folder and below it.'),
  })
  .meta({ id: 'DocumentFolder' });
export type DocumentFolder = z.infer<typeof DocumentFolder>;

export const ListDocumentsInput = z.object({
  ...WorkspaceRef.shape,
  status: DocumentStatus.optional(),
  externalId: z.string().max(500).optional(),
  query: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe(
      'Only documents whose title, file name or path contains all of these words or parts of words. Ignores case.',
    ),
  folder: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe('Only documents in this folder or below it: the beginning of `path` in their metadata, up to a slash.'),
  sort: DocumentSort.optional().describe('What to sort by. Default: `created`.'),
  order: SortOrder.optional().describe(
    '"asc" (default) lists the oldest, or what comes first in the order of `sort`; "desc" lists it in reverse.',
  ),
  ...PageInput.shape,
});
export type ListDocumentsInput = z.infer<typeof ListDocumentsInput>;

export const MAX_TEXT_ITEMS = 1000;

export const TextItem = z
  .object({
    externalId: z.string().min(1).max(500).optional(),
    title: z.string().max(1000).optional(),
    text: z.string().max(100_000_000),
    metadata: Metadata.optional(),
  })
  .meta({ id: 'TextItem' });
export type TextItem = z.infer<typeof TextItem>;

export const UpdateDocumentInput = z.object({
  documentId: Id,
  title: z.string().trim().min(1).max(1000).optional().describe('New title.'),
  metadata: Metadata.optional().describe(
    'New metadata. Replaces your existing metadata as a whole. The values of the file itself stay.',
  ),
  pinned: z.boolean().optional().describe('Whether the model reads the whole document with every question.'),
});
export type UpdateDocumentInput = z.infer<typeof UpdateDocumentInput>;

export const OnSamePath = z
  .enum(['add', 'replace', 'reject'])
  .describe(
    'What to do with a file whose path, or name if it has no path, is already in the workspace with other content: `add` (default) keeps both documents, `replace` replaces the document, `reject` rejects the upload with CONFLICT. Documents with an `externalId` are not compared.',
  )
  .meta({ id: 'OnSamePath' });
export type OnSamePath = z.infer<typeof OnSamePath>;

/** Details of one file in an upload. */
export const FileDetails = z
  .object({
    externalId: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('Your id for the document. Uploading the same id again replaces the document.'),
    title: z.string().max(1000).optional().describe('Title. Default: the title in the file, else its name.'),
    relativePath: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .describe('Path of the file in the uploaded folder. Stored in the metadata as `path`.'),
    metadata: Metadata.optional().describe('Metadata of this file, in addition to that of the upload.'),
  })
  .meta({ id: 'FileDetails' });
export type FileDetails = z.infer<typeof FileDetails>;

export const ImportTextsInput = z.object({
  ...WorkspaceRef.shape,
  items: z.array(TextItem).min(1).max(MAX_TEXT_ITEMS),
});
export type ImportTextsInput = z.infer<typeof ImportTextsInput>;

export const AddUrlInput = z.object({
  ...WorkspaceRef.shape,
  url: z.string().max(4000),
  externalId: z.string().min(1).max(500).optional(),
  title: z.string().max(1000).optional(),
  metadata: Metadata.optional(),
});
export type AddUrlInput = z.infer<typeof AddUrlInput>;

const AcceptedDocument = z
  .object({
    id: Id,
    externalId: z.string().nullable(),
    filename: z.string(),
    status: DocumentStatus,
    unchanged: z.boolean().describe('The same content already exists, so it is not ingested again.'),
  })
  .meta({ id: 'AcceptedDocument' });

/** Result for each item of an upload or import, in the order of the request. */
export const Accepted = z.object({ documents: z.array(AcceptedDocument) }).meta({ id: 'Accepted' });
export type Accepted = z.infer<typeof Accepted>;

/** Response of `GET /v1/documents/{documentId}/content`. */
export const DocumentContent = z
  .object({
    documentId: Id,
    filename: z.string(),
    contentType: z.string().describe('Media type sent by the uploader, if any.'),
    size: z.number().int().describe('Size in bytes.'),
    sha256: z.string().nullable().describe('SHA-256 of the file in hex. Null for documents added as text.'),
  })
  .meta({ id: 'DocumentContent' });
export type DocumentContent = z.infer<typeof DocumentContent>;

/** A link to the file of a document that works without a credential. */
export const DocumentLink = z
  .object({
    url: z.string().describe('Path of the file on this server, with a signature. Anyone who has it can open the file.'),
    expiresAt: z.date().describe('Time when the link stops working: ten minutes after its creation.'),
  })
  .meta({ id: 'DocumentLink' });
export type DocumentLink = z.infer<typeof DocumentLink>;

export const DocumentText = z
  .object({
    documentId: Id,
    start: z.number().int(),
    end: z.number().int(),
    length: z.number().int().describe('Length of the whole stored text, in UTF-16 code units.'),
    text: z.string(),
  })
  .meta({ id: 'DocumentText' });
export type DocumentText = z.infer<typeof DocumentText>;

export const Chunk = Place.extend({
  id: z.string().describe('Id of the chunk.'),
  ordinal: z.number().int().describe('Position of the chunk in the document, from 0.'),
  tokens: z.number().int().describe('Length in tokens of the embedder.'),
  excluded: z.boolean().describe('Taken out of searches and answers by hand.'),
  corrected: z.boolean().describe('Its text was corrected by hand.'),
}).meta({ id: 'Chunk' });
export type Chunk = z.infer<typeof Chunk>;

export const UpdateChunkInput = z.object({
  documentId: Id,
  chunkId: z.string().min(1).max(200).describe('Id of the chunk.'),
  excluded: z.boolean().optional().describe('Take the chunk out of searches and answers, or put it back.'),
  text: z.string().trim().min(1).max(20_000).optional().describe('Corrected text.'),
});
export type UpdateChunkInput = z.infer<typeof UpdateChunkInput>;

/** One step in the ingest of a document. `documents.watch` resumes after this `id`. */
export const IngestEvent = z
  .object({
    id: z.number().int(),
    documentId: Id,
    workspaceId: Id,
    status: DocumentStatus,
    stage: IngestStage,
    progress: z.number(),
    reason: FailureReason.nullable(),
    message: z.string().nullable(),
    at: z.date(),
  })
  .meta({ id: 'IngestEvent' });
export type IngestEvent = z.infer<typeof IngestEvent>;

export const DocumentSummary = z
  .object({
    ready: z.number().int(),
    processing: z.number().int(),
    failed: z.number().int(),
    secondsLeft: z
      .number()
      .int()
      .optional()
      .describe('Estimate based on the latest documents. Omitted while nothing is processing or the rate is unknown.'),
  })
  .meta({ id: 'DocumentSummary' });
export type DocumentSummary = z.infer<typeof DocumentSummary>;
