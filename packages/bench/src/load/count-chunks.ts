import type { Document } from '@lorebox/contract/document';
import type { Page } from '@lorebox/contract/page';
import type { HttpClient } from './http-client.ts';

export async function countChunks(http: HttpClient, workspace: string): Promise<number> {
  let chunks = 0;
  let cursor: string | undefined;
  do {
    const page: Page<Document> = await http.query('documents.list', { workspace, limit: 200, cursor });
    chunks += page.items.reduce((sum, document) => sum + document.chunks, 0);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return chunks;
}
