import type { AppRouter } from '@lorebox/api/router';
import type { AnswerEvent, AskInput } from '@lorebox/contract/chat';
import type { SearchInput, SearchResult } from '@lorebox/contract/search';
import type { SystemStatus } from '@lorebox/contract/status';
import type { TRPCClient } from '@trpc/client';
import { AnswerStream } from './answer-stream.ts';
import type { CallOptions } from './call-options.ts';
import { Caller } from './caller.ts';
import { toLoreboxError } from './errors.ts';
import { ApiKeys } from './resources/api-keys.ts';
import { Audit } from './resources/audit.ts';
import { Auth } from './resources/auth.ts';
import { Documents } from './resources/documents.ts';
import { Evals } from './resources/evals.ts';
import { Events } from './resources/events.ts';
import { Jobs } from './resources/jobs.ts';
import { Models } from './resources/models.ts';
import { SettingsResource } from './resources/settings.ts';
import { Sources } from './resources/sources.ts';
import { Threads } from './resources/threads.ts';
import { Users } from './resources/users.ts';
import { Webhooks } from './resources/webhooks.ts';
import { Workspaces } from './resources/workspaces.ts';
import type { ResponseInfo } from './response-info.ts';
import { createTransport, type Transport } from './transport.ts';

export interface LoreboxOptions {
  /** Where the server answers; default http://127.0.0.1:3001. */
  baseUrl?: string;
  apiKey?: string;
  fetch?: typeof globalThis.fetch;
  /** "http" (default) or "ws". */
  transport?: 'http' | 'ws';
  /** Milliseconds for one try of a call; default 60,000, 0 for none. Streams and uploads have none. */
  timeout?: number;
  /** Tries after the first one that failed in a way that may pass; default 2. */
  maxRetries?: number;
}

/** Input of `search`, with what the server fills in left out. */
export type SearchQuery = Pick<SearchInput, 'workspace' | 'query'> & Partial<SearchInput>;

export interface AskOptions extends CallOptions {
  /** Stops the answer when the loop over its events is left before its end. */
  cancelOnLeave?: boolean;
}

/** A server: one object per resource, and the two things that it is there for, `ask` and `search`. */
export class Lorebox {
  readonly baseUrl: string;
  readonly workspaces: Workspaces;
  readonly documents: Documents;
  readonly threads: Threads;
  readonly models: Models;
  readonly users: Users;
  readonly apiKeys: ApiKeys;
  readonly auth: Auth;
  readonly jobs: Jobs;
  readonly evals: Evals;
  readonly events: Events;
  readonly webhooks: Webhooks;
  readonly sources: Sources;
  readonly settings: SettingsResource;
  readonly audit: Audit;
  private readonly transport: Transport;
  private readonly caller: Caller;

  constructor(options: LoreboxOptions = {}) {
    this.baseUrl = (options.baseUrl ?? 'http://127.0.0.1:3001').replace(/(?<!\/)\/+$/, '');
    const { apiKey, fetch = globalThis.fetch, transport = 'http', timeout = 60_000, maxRetries = 2 } = options;
    this.transport = createTransport({ baseUrl: this.baseUrl, apiKey, fetch, transport });
    this.caller = new Caller(this.transport, { baseUrl: this.baseUrl, timeout, maxRetries });
    this.workspaces = new Workspaces(this.caller);
    this.documents = new Documents(this.caller);
    this.threads = new Threads(this.caller);
    this.models = new Models(this.caller);
    this.users = new Users(this.caller);
    this.apiKeys = new ApiKeys(this.caller);
    this.auth = new Auth(this.caller);
    this.jobs = new Jobs(this.caller);
    this.evals = new Evals(this.caller);
    this.events = new Events(this.caller);
    this.webhooks = new Webhooks(this.caller);
    this.sources = new Sources(this.caller);
    this.settings = new SettingsResource(this.caller);
    this.audit = new Audit(this.caller);
  }

  /** The plain tRPC client below all this: `lorebox.api.workspaces.list.query({ limit: 10 })`. Its errors are tRPC's. */
  get api(): TRPCClient<AppRouter> {
    return this.transport.client;
  }

  /**
   * Asks a question: loop over the events, or take `.text()` or `.final()`. Leaving the loop, or aborting the signal, leaves
   * the answer running on the server; with `cancelOnLeave` it is stopped, too.
   * @example
   * const answer = lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' });
   * for await (const text of answer.text()) process.stdout.write(text);
   * const { citations } = await answer.final();
   */
  ask(input: AskInput, { cancelOnLeave = false, ...options }: AskOptions = {}): AnswerStream {
    const started = this.caller.run((request) => this.api.chat.ask.mutate(input, request), options);
    const { signal } = options;
    return new AnswerStream(started, {
      follow: (answerId) => this.watch(answerId, undefined, signal ? { signal } : {}),
      stop: (answerId) => this.cancel(answerId),
      cancelOnLeave,
    });
  }

  /**
   * Follows an answer that runs or has ended, from after `lastEventId` on. A dropped line is picked up by itself.
   * @example
   * const { answerId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is it?' }).started;
   * for await (const event of lorebox.watch(answerId)) console.log(event.seq, event.type);
   */
  watch(answerId: string, lastEventId?: string, { signal }: { signal?: AbortSignal } = {}): AsyncIterable<AnswerEvent> {
    const input = lastEventId === undefined ? { answerId } : { answerId, lastEventId };
    return this.caller.follow<{ id: string; data: AnswerEvent }, AnswerEvent>(
      (handlers) => this.api.chat.watch.subscribe(input, handlers),
      ({ data }) => data,
      { isLast: (event) => event.type === 'answer-end' || event.type === 'answer-error', signal },
    );
  }

  /**
   * Stops an answer; the model is told at once.
   * @example
   * const { answerId } = await lorebox.ask({ workspace: 'demo', question: 'Tell me everything.' }).started;
   * await lorebox.cancel(answerId);
   */
  async cancel(answerId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.api.chat.cancel.mutate({ answerId }, request), options);
  }

  /**
   * Finds passages, without an answer.
   * @example
   * const { hits } = await lorebox.search({ workspace: 'demo', query: 'lighthouse', k: 3 });
   */
  search(input: SearchQuery, options?: CallOptions): Promise<SearchResult> {
    return this.caller.run((request) => this.api.search.query(input, request), options);
  }

  /**
   * Version, embedder, counts and queue of the server.
   * @example
   * const { version } = await lorebox.status();
   */
  status(options?: CallOptions): Promise<SystemStatus> {
    return this.caller.run((request) => this.api.status.query(undefined, request), options);
  }

  /**
   * Makes any call and gives status and headers along with its data. Hand the options that you get on to the call; for
   * a call that was tried again, the last answer counts. Calls made at the same moment travel as one batch: they share
   * a response, and its headers. A WebSocket has none.
   * @example
   * const { data, response } = await lorebox.withResponse((options) => lorebox.workspaces.get('demo', options));
   * console.log(data.name, response.status, response.requestId, response.headers.get('retry-after'));
   */
  async withResponse<T>(
    call: (options: Required<Pick<CallOptions, 'onResponse'>>) => PromiseLike<T>,
  ): Promise<{ data: Awaited<T>; response: ResponseInfo }> {
    let last: ResponseInfo | undefined;
    const onResponse = (response: ResponseInfo) => {
      last = response;
    };
    const data = await call({ onResponse });
    if (!last) throw new TypeError('There was no response: hand the options on to the call, and use no WebSocket.');
    return { data, response: last };
  }

  /**
   * Runs calls of `lorebox.api` and turns what goes wrong into a LoreboxError; nothing is tried again.
   * @example
   * const { items } = await lorebox.call(() => lorebox.api.workspaces.list.query({ limit: 10 }));
   */
  async call<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw toLoreboxError(error, this.baseUrl);
    }
  }

  /**
   * Ends the WebSocket, if there is one.
   * @example
   * const apiKey = process.env.LOREBOX_API_KEY ?? '';
   * const live = new Lorebox({ baseUrl: lorebox.baseUrl, apiKey, transport: 'ws' });
   * await live.status();
   * live.close();
   */
  close(): void {
    this.transport.close();
  }
}
