import type { Actor } from '@lorebox/contract/actor';
import { type Accepted, Metadata } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { uploadDocuments } from '@lorebox/core/documents/add-documents';
import { z } from 'zod';
import { StagedForm } from './staged-form.ts';
import type { Context } from './trpc.ts';

/**
 * A FormData with `workspace` first, then any number of `file` parts; `metadata` (JSON object) applies to all of them,
 * `externalId` and `title` to a single one.
 */
export const UploadForm = z.custom<FormData>(
  (value) => value instanceof StagedForm,
  'Send multipart/form-data with files.',
);

/** The form as OpenAPI clients see it: over REST the workspace stands in the path. */
export const UPLOAD_FORM = {
  type: 'object',
  properties: {
    file: {
      type: 'array',
      items: { type: 'string', contentMediaType: 'application/octet-stream' },
      description: 'One or more files. Repeat this field for each file.',
    },
    externalId: {
      type: 'string',
      minLength: 1,
      maxLength: 500,
      description: 'Only with a single file. Uploading the same id again replaces the document.',
    },
    title: { type: 'string', maxLength: 1000, description: 'Only with a single file.' },
    metadata: {
      type: 'string',
      description: 'Metadata for all files: a JSON object of strings, numbers and booleans.',
    },
  },
  required: ['file'],
};
export const UPLOAD_DESCRIPTION =
  'Send the fields before the files. Each file is stored on arrival and ingested in the background. To follow the ingest, poll the documents or subscribe to their events.';

const Fields = z.object({
  workspace: z.string().min(1).max(300),
  externalId: z.string().min(1).max(500).optional(),
  title: z.string().max(1000).optional(),
  metadata: z.string().max(200_000).optional(),
});

export async function receiveUpload(ctx: Context & { actor: Actor }, form: unknown): Promise<Accepted> {
  const staged = form as StagedForm;
  try {
    const fields = Fields.parse(Object.fromEntries(staged.fields));
    const { workspace, externalId, title } = fields;
    if (staged.files.length > 1 && (externalId || title)) {
      throw new AppError('BAD_REQUEST', '`externalId` and `title` are only allowed with a single file.');
    }
    const files = staged.files.map((file) => ({ staged: file, externalId, title }));
    return await uploadDocuments(ctx.core, ctx.actor, { workspace, files, metadata: parseMetadata(fields.metadata) });
  } catch (error) {
    await Promise.all(staged.files.map((file) => ctx.core.stores.blobs.discard(file)));
    throw error instanceof z.ZodError ? new AppError('BAD_REQUEST', z.prettifyError(error)) : error;
  }
}

function parseMetadata(json: string | undefined): Metadata | undefined {
  if (json === undefined) return undefined;
  try {
    return Metadata.parse(JSON.parse(json));
  } catch (error) {
    throw new AppError('BAD_REQUEST', '`metadata` must be a JSON object of strings, numbers and booleans.', {
      cause: error,
    });
  }
}
