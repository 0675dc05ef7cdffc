/** Returns the public id of a chunk. It is stable while the content is unchanged. */
export function chunkId(chunk: { documentId: string; revision: number; ordinal: number }): string {
  return `${chunk.documentId}.${chunk.revision}.${chunk.ordinal}`;
}
