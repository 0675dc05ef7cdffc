import type { Accepted } from '@lorebox/contract/document';
import type { NewDocument } from '@lorebox/ports/document-stores';
import type { Core } from '../core.ts';

export async function acceptDocuments(core: Core, workspaceId: string, documents: NewDocument[]): Promise<Accepted> {
  const bytes = documents.reduce(
    (sum, document) => sum + ('file' in document ? document.file.size : document.text.length),
    0,
  );
  await core.limits.room.take(workspaceId, documents.length, bytes);
  const accepted = await core.stores.documents.add(documents, new Date(core.clock.now()));
  core.signals.ingest.wake();
  return { documents: accepted };
}
