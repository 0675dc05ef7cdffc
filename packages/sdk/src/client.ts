import type { AnswerEvent, AskInput } from '@lorebox/contract/chat';
import type { Accepted, Document, IngestEvent, Metadata } from '@lorebox/contract/document';
import type { PullProgress } from '@lorebox/contract/model';
import type { Page } from '@lorebox/contract/page';
import { AnswerStream } from './answer-stream.ts';
import { LoreboxError, toLoreboxError } from './errors.ts';
import { EventQueue } from './event-queue.ts';
import { createTransport, type Transport } from './transport.ts';

export interface LoreboxOptions {
  /** Where the server answers; default http://127.0.0.1:3001. */
  baseUrl?: string;
  apiKey?: string;
  fetch?: typeof globalThis.fetch;
  /** "http" (default) or "ws". */
  transport?: 'http' | 'ws';
}

export interface UploadOptions {
  /** Makes an id of yours stand for the file; sending it again replaces the document. For a single file. */
  externalId?: string;
  title?: string;
  metadata?: Metadata;
}

/** Every procedure of the server, typed, and answers and ingest events as async iterables. */
export class Lorebox {
  readonly baseUrl: string;
  private readonly transport: Transport;

  constructor(options: LoreboxOptions = {}) {
    this.baseUrl = (options.baseUrl ?? 'http://127.0.0.1:3001').replace(/\/+$/, '');
    const { apiKey, fetch = globalThis.fetch, transport = 'http' } = options;
    this.transport = createTransport({ baseUrl: this.baseUrl, apiKey, fetch, transport });
  }

  /** The typed procedures themselves: `lorebox.api.workspaces.list.query({ limit: 10 })`. */
  get api(): Transport['client'] {
    return this.transport.client;
  }

  /** Asks a question. `for await (const event of lorebox.ask({ workspace, question }))`, `.text()` or `.final()`. */
  ask(input: AskInput): AnswerStream {
    const started = this.api.chat.ask.mutate(input).catch((error) => {
      throw toLoreboxError(error, this.baseUrl);
    });
    const stop = async (answerId: string) => void (await this.api.chat.cancel.mutate({ answerId }));
    return new AnswerStream(started, (answerId) => this.watch(answerId), stop);
  }

  /** Follows an answer that runs or has ended, from after `lastEventId` on. A dropped line is picked up by itself. */
  watch(answerId: string, lastEventId?: string): AsyncIterable<AnswerEvent> {
    const input = lastEventId === undefined ? { answerId } : { answerId, lastEventId };
    return this.subscribe<{ id: string; data: AnswerEvent }, AnswerEvent>(
      (handlers) => this.api.chat.watch.subscribe(input, handlers),
      ({ data }) => data,
      (event) => event.type === 'answer-end' || event.type === 'answer-error',
    );
  }

  /** Ingest events of a workspace from now on, until you leave the loop. */
  watchDocuments(workspace: string): AsyncIterable<IngestEvent> {
    return this.subscribe<{ id: string; data: IngestEvent }, IngestEvent>(
      (handlers) => this.api.documents.watch.subscribe({ workspace }, handlers),
      ({ data }) => data,
      () => false,
    );
  }

  /** Fetches a model and reports progress. */
  pullModel(id: string): AsyncIterable<PullProgress> {
    return this.subscribe<PullProgress, PullProgress>(
      (handlers) => this.api.models.pull.subscribe({ id }, handlers),
      (progress) => progress,
      () => false,
    );
  }

  /** Uploads files. On Node, `await fs.openAsBlob(path)` gives a blob that is read while it is sent. */
  async upload(
    workspace: string,
    files: readonly { name: string; data: Blob }[],
    options: UploadOptions = {},
  ): Promise<Accepted> {
    const form = new FormData();
    form.append('workspace', workspace); // first: the server checks it before it keeps a byte
    if (options.externalId) form.append('externalId', options.externalId);
    if (options.title) form.append('title', options.title);
    if (options.metadata) form.append('metadata', JSON.stringify(options.metadata));
    for (const { name, data } of files) form.append('file', data, name);
    return this.call(() => this.api.documents.upload.mutate(form));
  }

  /** All documents of a workspace, page by page. */
  async *documents(workspace: string): AsyncGenerator<Document> {
    yield* this.pages((cursor) => this.api.documents.list.query({ workspace, limit: 200, cursor }));
  }

  /** All items of any list: `lorebox.pages((cursor) => lorebox.api.threads.list.query({ workspace, cursor }))`. */
  async *pages<T>(load: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
    let cursor: string | undefined;
    do {
      const page = await this.call(() => load(cursor));
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** Runs a call and turns what goes wrong into a LoreboxError. */
  async call<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw toLoreboxError(error, this.baseUrl);
    }
  }

  /** Ends the WebSocket, if there is one. */
  close(): void {
    this.transport.close();
  }

  private subscribe<Raw, Item>(
    open: (handlers: { onData(raw: Raw): void; onError(error: unknown): void; onComplete(): void }) => {
      unsubscribe(): void;
    },
    read: (raw: Raw) => Item,
    isLast: (item: Item) => boolean,
  ): AsyncIterable<Item> {
    const { baseUrl } = this;
    return {
      [Symbol.asyncIterator]() {
        const queue = new EventQueue<Item>(() => subscription.unsubscribe());
        const subscription = open({
          onData(raw) {
            const item = read(raw);
            queue.push(item);
            if (isLast(item)) queue.finish();
          },
          onError: (error) => queue.fail(toLoreboxError(error, baseUrl)),
          onComplete: () => queue.finish(),
        });
        return queue[Symbol.asyncIterator]();
      },
    };
  }
}

export { LoreboxError };
