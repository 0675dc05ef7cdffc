import { z } from 'zod';

/** Why a document could not be made searchable; stored with the document and shown to the user. */
export const FailureReason = z
  .enum([
    'empty',
    'needs-ocr',
    'needs-transcription',
    'encrypted',
    'damaged',
    'unsupported',
    'too-large',
    'timeout',
    'out-of-memory',
    'fetch-failed',
    'embedding-failed',
    'cancelled',
    'internal',
  ])
  .meta({ id: 'FailureReason' });
export type FailureReason = z.infer<typeof FailureReason>;
