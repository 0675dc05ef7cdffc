import type { Document, DocumentSummary, IngestEvent } from '@lorebox/contract/document';
import type { Caller } from '../caller.ts';
import { waitByEvents, withTimeout } from '../wait-by-events.ts';

export interface WaitOptions {
  /** Milliseconds until the wait fails with an APITimeoutError. Default: none. */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface WaitForDocumentsOptions extends WaitOptions {
  /** Called for each document as soon as it is ready or has failed. */
  onSettled?: ((document: Document) => void) | undefined;
}

/** Documents that are loaded concurrently, in one request. */
const BATCH = 20;
const isSettled = ({ status }: { status: string }) => status !== 'processing';

/** Waits until every document is ready or has failed. */
export async function waitForDocuments(
  caller: Caller,
  documentIds: readonly string[],
  { onSettled, ...options }: WaitForDocumentsOptions,
): Promise<Document[]> {
  const settled = new Map<string, Document>();
  const pending = new Set(documentIds);
  const workspaces = new Set<string>();

  async function load(ids: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    for (let i = 0; i < ids.length; i += BATCH) {
      const calls = ids
        .slice(i, i + BATCH)
        .map((documentId) =>
          caller.run((request) => caller.client.documents.get.query({ documentId }, request), { signal }),
        );
      for (const document of await Promise.all(calls)) {
        workspaces.add(document.workspaceId);
        if (!isSettled(document) || !pending.delete(document.id)) continue;
        settled.set(document.id, document);
        onSettled?.(document);
      }
    }
  }

  async function wait(signal: AbortSignal | undefined): Promise<Document[]> {
    await load([...pending], signal);
    if (pending.size > 0) {
      await waitByEvents({
        streams: [...workspaces].map((workspace) => watch(caller, workspace)),
        isRelevant: (event) => isSettled(event) && pending.has(event.documentId),
        async check() {
          await load([...pending], signal);
          return pending.size === 0 ? true : null;
        },
        signal,
      });
    }
    return documentIds.map((id) => settled.get(id)).filter((document) => document !== undefined);
  }

  return withTimeout(options, wait, () => `${countDocuments(pending.size)} still processing.`);
}

/** Waits until no document of the workspace is processing. */
export function waitForWorkspace(caller: Caller, workspace: string, options: WaitOptions): Promise<DocumentSummary> {
  let processing = 0;
  async function wait(signal: AbortSignal | undefined): Promise<DocumentSummary> {
    async function check(): Promise<DocumentSummary | null> {
      const summary = await caller.run((request) => caller.client.documents.summary.query({ workspace }, request), {
        signal,
      });
      processing = summary.processing;
      return processing === 0 ? summary : null;
    }
    const first = await check();
    return first ?? waitByEvents({ streams: [watch(caller, workspace)], isRelevant: isSettled, check, signal });
  }
  return withTimeout(options, wait, () => `${countDocuments(processing)} still processing.`);
}

const countDocuments = (count: number) => (count === 1 ? '1 document is' : `${count} documents are`);

function watch(caller: Caller, workspace: string) {
  return (signal: AbortSignal, onStarted: () => void): AsyncIterable<IngestEvent> =>
    caller.subscribe<{ id: string; data: IngestEvent }, IngestEvent>(
      (handlers) => caller.client.documents.watch.subscribe({ workspace }, handlers),
      ({ data }) => data,
      { signal, onStarted },
    );
}
