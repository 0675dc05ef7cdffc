import { join } from 'node:path';

export interface DataFolder {
  database: string;
  blobs: string;
  staging: string;
  /** Can be rebuilt from the database. */
  index: string;
}

export function dataFolder(dataDir: string): DataFolder {
  const blobs = join(dataDir, 'blobs');
  return {
    database: join(dataDir, 'lorebox.db'),
    blobs,
    staging: join(blobs, 'staging'),
    index: join(dataDir, 'index'),
  };
}
