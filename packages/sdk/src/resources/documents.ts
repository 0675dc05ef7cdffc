import type {
  Accepted,
  Chunk,
  Document,
  DocumentContent,
  DocumentFolder,
  DocumentLink,
  DocumentSummary,
  DocumentText,
  IngestEvent,
} from '@lorebox/contract/document';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { ListDocumentsInput, TextItem, UpdateDocumentInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';
import type { UploadFile } from '../upload/open-file.ts';
import type { ListOptions } from './list-options.ts';
import { type DocumentOptions, type UploadOptions, uploadFiles } from './upload-files.ts';
import {
  type WaitForDocumentsOptions,
  type WaitOptions,
  waitForDocuments,
  waitForWorkspace,
} from './wait-for-documents.ts';

/** Files, texts and pages to search and ask, with their ingest status. */
export class Documents {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Uploads files. When this resolves, the files are stored; they are ingested in the background, see `waitUntilReady`.
   * @example
   * await lorebox.documents.upload('demo', [{ name: 'cape.txt', data: new Blob(['The lighthouse is 31 meters tall.']) }]);
   * const stream = new Blob(['The harbour is 9 meters deep.']).stream(); // or fs.createReadStream, response.body, a generator
   * await lorebox.documents.upload('demo', [{ name: 'harbour.txt', stream }], {
   *   onProgress: ({ sentBytes, totalBytes }) => console.log(sentBytes, totalBytes ?? 'of an unknown size'),
   * });
   * const versioned = { name: 'tides.txt', data: new Blob(['The tide turns.']), externalId: 'notes/tides.txt', relativePath: 'notes/tides.txt' };
   * await lorebox.documents.upload('demo', [versioned]); // replaces the document with this externalId, if any
   */
  upload(workspace: string, files: readonly UploadFile[], options: UploadOptions = {}): Promise<Accepted> {
    return uploadFiles(this.caller, workspace, files, options);
  }

  /**
   * Adds up to 1,000 texts. A text with an existing `externalId` replaces that document.
   * @example
   * await lorebox.documents.importTexts('demo', [{ externalId: 'n1', title: 'Note', text: 'The bakery opens at six.' }]);
   */
  importTexts(workspace: string, items: TextItem[], options?: CallOptions): Promise<Accepted> {
    const input = { workspace, items };
    return this.caller.run((request) => this.caller.client.documents.importTexts.mutate(input, request), options);
  }

  /**
   * Adds a page or file from a URL that the server fetches. Private addresses are not allowed.
   * @example
   * await lorebox.documents.addUrl('demo', 'http://127.0.0.1/secret').catch((error) => console.log(error.code)); // URL_REFUSED
   */
  addUrl(
    workspace: string,
    url: string,
    { externalId, title, metadata, ...options }: DocumentOptions = {},
  ): Promise<Accepted> {
    const about = { ...(externalId && { externalId }), ...(title && { title }), ...(metadata && { metadata }) };
    const input = { workspace, url, ...about };
    return this.caller.run((request) => this.caller.client.documents.addUrl.mutate(input, request), options);
  }

  /**
   * Lists the documents of a workspace, oldest first unless `order` is "desc".
   * @example
   * for await (const { title, status } of lorebox.documents.list('demo')) console.log(title, status);
   */
  list(
    workspace: string,
    { cursor: first, ...input }: ListDocumentsInput = {},
    options?: CallOptions,
  ): PageList<Document> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.documents.list.query({ ...input, workspace, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Returns a document.
   * @example
   * const { pages, chunks } = await lorebox.documents.get(documentId);
   */
  get(documentId: string, options?: CallOptions): Promise<Document> {
    return this.caller.run((request) => this.caller.client.documents.get.query({ documentId }, request), options);
  }

  /**
   * Lists the folders of uploaded files, with the number of documents in and below each.
   * @example
   * for (const { path, count } of await lorebox.documents.folders('demo')) console.log(path, count);
   */
  async folders(workspace: string, options?: CallOptions): Promise<DocumentFolder[]> {
    return (
      await this.caller.run((request) => this.caller.client.documents.folders.query({ workspace }, request), options)
    ).items;
  }

  /**
   * Counts the documents that are ready, processing and failed.
   * @example
   * const { ready, processing, failed } = await lorebox.documents.summary('demo');
   */
  summary(workspace: string, options?: CallOptions): Promise<DocumentSummary> {
    return this.caller.run((request) => this.caller.client.documents.summary.query({ workspace }, request), options);
  }

  /**
   * Returns the name, type and size of an uploaded file.
   * @example
   * const { filename, size } = await lorebox.documents.content(documentId);
   */
  content(documentId: string, options?: CallOptions): Promise<DocumentContent> {
    return this.caller.run((request) => this.caller.client.documents.content.query({ documentId }, request), options);
  }

  /**
   * Creates a link that opens the file for ten minutes without a credential. With `inline`, browsers show PDFs, images,
   * recordings and plain text instead of saving them.
   * @example
   * const { url, expiresAt } = await lorebox.documents.link(documentId, { inline: true });
   */
  link(
    documentId: string,
    { inline = false, ...options }: CallOptions & { inline?: boolean | undefined } = {},
  ): Promise<DocumentLink> {
    return this.caller.run(
      (request) => this.caller.client.documents.link.mutate({ documentId, inline }, request),
      options,
    );
  }

  /**
   * Downloads the uploaded file, or its bytes from `start` up to but not including `end`, as a response: stream its `body`,
   * or call `.blob()`, `.bytes()` or `.text()`.
   * @example
   * const response = await lorebox.documents.download(documentId);
   * for await (const bytes of response.body ?? []) console.log(bytes.length);
   * const head = await (await lorebox.documents.download(documentId, { start: 0, end: 4 })).text();
   */
  download(
    documentId: string,
    { start, end }: { start?: number | undefined; end?: number | undefined } = {},
    options?: CallOptions,
  ): Promise<Response> {
    const isPart = start !== undefined || end !== undefined;
    const range = `bytes=${start ?? 0}-${end === undefined ? '' : end - 1}`;
    const path = `/v1/documents/${encodeURIComponent(documentId)}/content`;
    return this.caller.open(path, isPart ? { range } : {}, options);
  }

  /**
   * Returns the stored text that citations refer to, or the part from `start` to `end` (UTF-16 code units).
   * @example
   * const { text } = await lorebox.documents.text(documentId, { start: 0, end: 100 });
   */
  text(
    documentId: string,
    range: { start?: number | undefined; end?: number | undefined } = {},
    options?: CallOptions,
  ): Promise<DocumentText> {
    const input = { documentId, ...range };
    return this.caller.run((request) => this.caller.client.documents.text.query(input, request), options);
  }

  /**
   * Lists the chunks of a document in order.
   * @example
   * const [first] = await lorebox.documents.chunks(documentId).toArray(1);
   */
  chunks(documentId: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Chunk> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.documents.chunks.query({ ...input, documentId, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Changes the title or metadata of a document. New metadata replaces the existing metadata as a whole.
   * @example
   * await lorebox.documents.update(documentId, { title: 'Capes', metadata: { coast: 'north' } });
   */
  update(documentId: string, changes: UpdateDocumentInput, options?: CallOptions): Promise<Document> {
    const input = { ...changes, documentId };
    return this.caller.run((request) => this.caller.client.documents.update.mutate(input, request), options);
  }

  /**
   * Deletes a document.
   * @example
   * const [old] = await lorebox.documents.list('demo', { externalId: 'n1' }).toArray(1);
   * if (old) await lorebox.documents.delete(old.id);
   */
  async delete(documentId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.documents.delete.mutate({ documentId }, request), options);
  }

  /**
   * Deletes up to 1,000 documents of a workspace and returns how many were deleted.
   * @example
   * const failed = await lorebox.documents.list('demo', { status: 'failed' }).toArray(1000);
   * if (failed.length > 0) await lorebox.documents.deleteMany('demo', failed.map(({ id }) => id));
   */
  async deleteMany(workspace: string, documentIds: string[], options?: CallOptions): Promise<number> {
    const input = { workspace, documentIds };
    const call = this.caller.run((request) => this.caller.client.documents.deleteMany.mutate(input, request), options);
    return (await call).deleted;
  }

  /**
   * Retries a failed document.
   * @example
   * for await (const { id } of lorebox.documents.list('demo', { status: 'failed' })) await lorebox.documents.retry(id);
   */
  retry(documentId: string, options?: CallOptions): Promise<Document> {
    return this.caller.run((request) => this.caller.client.documents.retry.mutate({ documentId }, request), options);
  }

  /**
   * Ingests a document again. Searches use the current text until the new one is complete.
   * @example
   * const [ready] = await lorebox.documents.list('demo', { status: 'ready' }).toArray(1);
   * if (ready) await lorebox.documents.reingest(ready.id);
   */
  reingest(documentId: string, options?: CallOptions): Promise<Document> {
    return this.caller.run((request) => this.caller.client.documents.reingest.mutate({ documentId }, request), options);
  }

  /**
   * Moves a document to another workspace, where it is ingested again with the settings of that workspace.
   * @example
   * const { documents } = await lorebox.documents.importTexts('demo', [{ text: 'The old lamp burned oil.' }]);
   * const { slug } = await lorebox.workspaces.create({ name: 'Archive' });
   * for (const { id } of documents) await lorebox.documents.move(id, slug);
   */
  move(documentId: string, workspace: string, options?: CallOptions): Promise<Document> {
    return this.caller.run(
      (request) => this.caller.client.documents.move.mutate({ documentId, workspace }, request),
      options,
    );
  }

  /**
   * Takes a chunk out of searches and answers, puts it back, or corrects its text, until the document is ingested again.
   * @example
   * const [chunk] = await lorebox.documents.chunks(documentId).toArray(1);
   * if (chunk) await lorebox.documents.updateChunk(documentId, chunk.id, { excluded: false });
   */
  updateChunk(
    documentId: string,
    chunkId: string,
    changes: { excluded?: boolean; text?: string },
    options?: CallOptions,
  ): Promise<Chunk> {
    const input = { ...changes, documentId, chunkId };
    return this.caller.run((request) => this.caller.client.documents.updateChunk.mutate(input, request), options);
  }

  /**
   * Cancels an ingest.
   * @example
   * for await (const { id } of lorebox.documents.list('demo', { status: 'processing' })) await lorebox.documents.cancel(id);
   */
  cancel(documentId: string, options?: CallOptions): Promise<Document> {
    return this.caller.run((request) => this.caller.client.documents.cancel.mutate({ documentId }, request), options);
  }

  /**
   * Streams the ingest events of a workspace, starting now, until you leave the loop or the signal aborts.
   * @example
   * const events = lorebox.documents.watch('demo')[Symbol.asyncIterator]();
   * setTimeout(() => lorebox.documents.importTexts('demo', [{ text: 'News.' }]), 200);
   * console.log((await events.next()).value?.stage);
   * await events.return?.();
   */
  watch(workspace: string, { signal }: { signal?: AbortSignal | undefined } = {}): AsyncIterable<IngestEvent> {
    return this.caller.subscribe<{ id: string; data: IngestEvent }, IngestEvent>(
      (handlers) => this.caller.client.documents.watch.subscribe({ workspace }, handlers),
      ({ data }) => data,
      { signal },
    );
  }

  /**
   * Waits until the documents are ready or have failed, and returns them in the given order. Check their `status`.
   * @example
   * const { documents } = await lorebox.documents.importTexts('demo', [{ text: 'The bakery opens at six.' }]);
   * const ready = await lorebox.documents.waitUntilReady(documents.map(({ id }) => id), { timeout: 60_000 });
   * for (const { title, status, message } of ready) if (status === 'failed') console.log(title, message);
   */
  waitUntilReady(documentIds: readonly string[], options: WaitForDocumentsOptions = {}): Promise<Document[]> {
    return waitForDocuments(this.caller, documentIds, options);
  }

  /**
   * Waits until no document of the workspace is processing, and returns the counts by status.
   * @example
   * const { failed } = await lorebox.documents.waitUntilIdle('demo', { timeout: 60_000 });
   */
  waitUntilIdle(workspace: string, options: WaitOptions = {}): Promise<DocumentSummary> {
    return waitForWorkspace(this.caller, workspace, options);
  }
}
