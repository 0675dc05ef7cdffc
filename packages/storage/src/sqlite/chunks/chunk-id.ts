/** A chunk's public id: stable for as long as the content is. */
export function chunkId(chunk: { documentId: string; revision: number; ordinal: number }): string {
  return `${chunk.documentId}.${chunk.revision}.${chunk.ordinal}`;
}
