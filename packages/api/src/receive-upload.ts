import type { Actor } from '@lorebox/contract/actor';
import { type Accepted, FileDetails, Metadata, OnSamePath } from '@lorebox/contract/document';
import { AppError } from '@lorebox/contract/errors';
import { uploadDocuments } from '@lorebox/core/documents/upload-documents';
import { z } from 'zod';
import { StagedForm } from './staged-form.ts';
import type { Context } from './trpc.ts';

/**
 * A FormData with `workspace` first, then any number of `file` parts. `metadata` (JSON object) applies to all of them;
 * `details` (JSON array) has one entry per file, in the same order. A single file can have its `externalId` and `title`
 * as fields.
 */
export const UploadForm = z.custom<FormData>(
  (value) => value instanceof StagedForm,
  'Send multipart/form-data with files.',
);

/** The form for OpenAPI clients. Over REST, the workspace is in the path. */
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
    onSamePath: {
      type: 'string',
      enum: OnSamePath.options,
      description: OnSamePath.description,
    },
    details: {
      type: 'string',
      description:
        'A JSON array with one object per file, in the same order: `externalId`, `title`, `relativePath` and `metadata`, all optional.',
    },
  },
  required: ['file'],
};
export const UPLOAD_DESCRIPTION =
  'Send the fields before the files. Each file is stored on arrival and ingested in the background. To follow the ingest, poll the documents or subscribe to their events.';

const Fields = z.object({
  workspace: z.string().min(1).max(300),
  externalId: FileDetails.shape.externalId,
  title: FileDetails.shape.title,
  metadata: z.string().max(200_000).optional(),
  onSamePath: OnSamePath.optional(),
  details: z.string().optional(),
});

export async function receiveUpload(ctx: Context & { actor: Actor }, form: unknown): Promise<Accepted> {
  const staged = form as StagedForm;
  try {
    const { workspace, externalId, title, onSamePath, ...rest } = Fields.parse(Object.fromEntries(staged.fields));
    if (staged.files.length > 1 && (externalId || title)) {
      throw new AppError('BAD_REQUEST', 'For several files, send `externalId` and `title` in `details`.');
    }
    const shared = parseField('metadata', Metadata.default({}), rest.metadata);
    const details = parseField('details', z.array(FileDetails).default([]), rest.details);
    if (details.length > 0 && details.length !== staged.files.length) {
      const counts = `${details.length} entries for ${staged.files.length} files`;
      throw new AppError('BAD_REQUEST', `\`details\` must have one entry per file, but has ${counts}.`);
    }
    const files = staged.files.map((file, i) => {
      const { relativePath, metadata, ...own } = details[i] ?? {};
      const path: Metadata = relativePath === undefined ? {} : { path: relativePath };
      return { staged: file, externalId, title, ...own, metadata: { ...shared, ...path, ...metadata } };
    });
    return await uploadDocuments(ctx.core, ctx.actor, { workspace, files, onSamePath });
  } catch (error) {
    await Promise.all(staged.files.map((file) => ctx.core.stores.blobs.discard(file)));
    throw error instanceof z.ZodError ? new AppError('BAD_REQUEST', z.prettifyError(error)) : error;
  }
}

function parseField<T>(name: string, schema: z.ZodType<T>, json: string | undefined): T {
  try {
    return schema.parse(json === undefined ? undefined : JSON.parse(json));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is not valid JSON.';
    throw new AppError('BAD_REQUEST', `\`${name}\` is invalid: ${reason}`, { cause });
  }
}
