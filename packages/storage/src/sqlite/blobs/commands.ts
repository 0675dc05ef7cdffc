import type { WriteContext } from '../writer/context.ts';
import { sweepBlobs } from './blob-files.ts';

export const blobCommands = {
  'blobs.sweep': (context: WriteContext, folder: string): number => sweepBlobs(context, folder),
};
