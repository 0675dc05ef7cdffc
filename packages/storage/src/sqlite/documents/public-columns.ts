import { getTableColumns } from '../../drizzle.ts';
import { documents } from './schema.ts';

const { titleGiven, fileMetadata, sha256, contentType, revision, searchableRevision, removedAt, ...columns } =
  getTableColumns(documents);

/** The columns of a document that the API shows. */
export const publicDocument = columns;
