import type { AppRouter } from '@lorebox/api/router';
import type { AppInfo } from '@lorebox/contract/app-info';
import type { AnswerEvent, AnswerStatus } from '@lorebox/contract/chat';
import type { SystemHealth } from '@lorebox/contract/health';
import type { SearchResult } from '@lorebox/contract/search';
import type { SystemStatus } from '@lorebox/contract/status';
import type { UsageSummary } from '@lorebox/contract/usage';
import type { TRPCClient } from '@trpc/client';
import { AnswerStream } from './answer-stream.ts';
import type { CallOptions } from './call-options.ts';
import { Caller } from './caller.ts';
import { type LoreboxOptions, resolveOptions } from './client-options.ts';
import { toLoreboxError } from './errors.ts';
import type { AskInput, SearchInput, UsageInput } from './inputs.ts';
import { ApiKeys } from './resources/api-keys.ts';
import { Audit } from './resources/audit.ts';
import { Auth } from './resources/auth.ts';
import { Comments } from './resources/comments.ts';
import { Documents } from './resources/documents.ts';
import { Evals } from './resources/evals.ts';
import { Events } from './resources/events.ts';
import { Invites } from './resources/invites.ts';
import { Jobs } from './resources/jobs.ts';
import { Models } from './resources/models.ts';
import { Prompts } from './resources/prompts.ts';
import { SettingsResource } from './resources/settings.ts';
import { Shares } from './resources/shares.ts';
import { Sources } from './resources/sources.ts';
import { Threads } from './resources/threads.ts';
import { Users } from './resources/users.ts';
import { Webhooks } from './resources/webhooks.ts';
import { Widgets } from './resources/widgets.ts';
import { Workspaces } from './resources/workspaces.ts';
import type { ResponseInfo } from './response-info.ts';
import { createTransport, type Transport } from './transport.ts';

export interface AskOptions extends CallOptions {
  /** Cancels the answer when the loop over its events is left early. */
  cancelOnLeave?: boolean | undefined;
}

/** Client for a Lorebox server: one object per resource, plus `ask` and `search`. */
export class Lorebox {
  readonly baseUrl: string;
  readonly workspaces: Workspaces;
  readonly documents: Documents;
  readonly threads: Threads;
  readonly shares: Shares;
  readonly invites: Invites;
  readonly comments: Comments;
  readonly prompts: Prompts;
  readonly widgets: Widgets;
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

  /** @throws TypeError for an invalid URL or key. */
  constructor(options: LoreboxOptions = {}) {
    const resolved = resolveOptions(options);
    this.baseUrl = resolved.baseUrl;
    this.transport = createTransport(resolved);
    this.caller = new Caller(this.transport, resolved);
    this.workspaces = new Workspaces(this.caller);
    this.documents = new Documents(this.caller);
    this.threads = new Threads(this.caller);
    this.shares = new Shares(this.caller);
    this.invites = new Invites(this.caller);
    this.comments = new Comments(this.caller);
    this.prompts = new Prompts(this.caller);
    this.widgets = new Widgets(this.caller);
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

  /** The underlying tRPC client: `lorebox.api.workspaces.list.query({ limit: 10 })`. It throws tRPC errors. */
  get api(): TRPCClient<AppRouter> {
    return this.transport.client;
  }

  /**
   * Asks a question. Loop over the events, or call `.text()` or `.final()`. If you leave the loop or abort the signal,
   * the answer continues on the server; set `cancelOnLeave` to cancel it as well.
   * @example
   * const answer = lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' });
   * for await (const text of answer.text()) process.stdout.write(text);
   * const { citations } = await answer.final();
   */
  ask(input: AskInput, { cancelOnLeave = false, ...options }: AskOptions = {}): AnswerStream {
    const started = this.caller.run((request) => this.api.chat.ask.mutate(input, request), options);
    const { signal } = options;
    return new AnswerStream(started, {
      watch: (answerId) => this.watch(answerId, { signal }),
      stop: (answerId) => this.cancel(answerId),
      cancelOnLeave,
    });
  }

  /**
   * Streams the events of an answer, running or finished, after `lastEventId`, the `seq` of an event. Reconnects automatically.
   * @example
   * const { answerId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is it?' }).started;
   * for await (const event of lorebox.watch(answerId, { lastEventId: 2 })) console.log(event.seq, event.type);
   */
  watch(
    answerId: string,
    { lastEventId, signal }: { lastEventId?: number | string | undefined; signal?: AbortSignal | undefined } = {},
  ): AsyncIterable<AnswerEvent> {
    const input = lastEventId === undefined ? { answerId } : { answerId, lastEventId: String(lastEventId) };
    return this.caller.subscribe<{ id: string; data: AnswerEvent }, AnswerEvent>(
      (handlers) => this.api.chat.watch.subscribe(input, handlers),
      ({ data }) => data,
      { isLast: (event) => event.type === 'answer-end' || event.type === 'answer-error', signal },
    );
  }

  /**
   * Returns the status of an answer and the ids of its messages.
   * @example
   * const { answerId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is it?' }).started;
   * const { state, messageId } = await lorebox.getAnswer(answerId);
   */
  getAnswer(answerId: string, options?: CallOptions): Promise<AnswerStatus> {
    return this.caller.run((request) => this.api.chat.get.query({ answerId }, request), options);
  }

  /**
   * Cancels an answer immediately.
   * @example
   * const { answerId } = await lorebox.ask({ workspace: 'demo', question: 'Tell me everything.' }).started;
   * await lorebox.cancel(answerId);
   */
  async cancel(answerId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.api.chat.cancel.mutate({ answerId }, request), options);
  }

  /**
   * Searches for passages without generating an answer.
   * @example
   * const { hits } = await lorebox.search({ workspace: 'demo', query: 'lighthouse', k: 3 });
   */
  search(input: SearchInput, options?: CallOptions): Promise<SearchResult> {
    return this.caller.run((request) => this.api.search.query(input, request), options);
  }

  /**
   * Returns the name of the installation and whether it needs setup. Needs no credential.
   * @example
   * const { needsSetup } = await lorebox.app();
   */
  app(options?: CallOptions): Promise<AppInfo> {
    return this.caller.run((request) => this.api.app.query(undefined, request), options);
  }

  /**
   * Returns version, embedder, counts and queue of the server.
   * @example
   * const { version } = await lorebox.status();
   */
  status(options?: CallOptions): Promise<SystemStatus> {
    return this.caller.run((request) => this.api.status.query(undefined, request), options);
  }

  /**
   * Checks the health of the installation. Errors come first, each with what to do.
   * @example
   * const { items } = await lorebox.health();
   * for (const { severity, message, action } of items) if (severity !== 'ok') console.log(message, action);
   */
  health(options?: CallOptions): Promise<SystemHealth> {
    return this.caller.run((request) => this.api.system.health.query(undefined, request), options);
  }

  /**
   * Summarizes questions, tokens and times per day, user, model or workspace.
   * @example
   * const since = new Date(Date.now() - 30 * 86_400_000);
   * const { items } = await lorebox.usage({ since, until: new Date(), by: 'model' });
   */
  usage(input: UsageInput, options?: CallOptions): Promise<UsageSummary> {
    return this.caller.run((request) => this.api.usage.summary.query(input, request), options);
  }

  /**
   * Makes a call and returns its data with the status and headers of the response. Pass the given options to the call. If
   * the call was retried, the last response is returned. Simultaneous calls are sent as one batch and share a response
   * and its headers. WebSockets have no response.
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
    if (!last)
      throw new TypeError("No response: pass the given options to the call, and don't use the WebSocket transport.");
    return { data, response: last };
  }

  /**
   * Runs calls of `lorebox.api` and converts their errors to LoreboxError, without retries.
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
   * Closes the WebSocket, if any.
   * @example
   * const live = new Lorebox({ baseUrl: lorebox.baseUrl, transport: 'ws' });
   * await live.status();
   * live.close();
   */
  close(): void {
    this.transport.close();
  }
}
