import type { AnswerDetails, AskStarted, Feedback, Message, Thread } from '@lorebox/contract/chat';
import type { Metadata } from '@lorebox/contract/document';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { ListThreadsInput, UpdateThreadInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';
import type { ListOptions } from './list-options.ts';

/** Options for regenerating an answer. */
export interface AgainOptions extends CallOptions {
  mode?: 'chat' | 'query' | undefined;
  model?: string | undefined;
  documentIds?: string[] | undefined;
  metadata?: Metadata | undefined;
}

/** Conversations and their messages. */
export class Threads {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates an empty thread. Asking without a thread creates one automatically.
   * @example
   * const { id: threadId } = await lorebox.threads.create('demo', { title: 'Lighthouses' });
   */
  create(workspace: string, { title }: { title?: string | undefined } = {}, options?: CallOptions): Promise<Thread> {
    const input = { workspace, ...(title !== undefined && { title }) };
    return this.caller.run((request) => this.caller.client.threads.create.mutate(input, request), options);
  }

  /**
   * Lists your threads in a workspace, pinned ones first, then by last activity. `query` finds words in titles and messages;
   * `shared` lists the threads that others share with the workspace.
   * @example
   * const [newest] = await lorebox.threads.list('demo').toArray(1);
   * const aboutLights = await lorebox.threads.list('demo', { query: 'lighthouse' }).toArray();
   */
  list(workspace: string, { cursor: first, ...input }: ListThreadsInput = {}, options?: CallOptions): PageList<Thread> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.threads.list.query({ ...input, workspace, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Returns a thread.
   * @example
   * const { title, updatedAt } = await lorebox.threads.get(threadId);
   */
  get(threadId: string, options?: CallOptions): Promise<Thread> {
    return this.caller.run((request) => this.caller.client.threads.get.query({ threadId }, request), options);
  }

  /**
   * Renames, pins, archives or shares a thread.
   * @example
   * await lorebox.threads.update(threadId, { title: 'Capes and lights', pinned: true });
   */
  update(threadId: string, changes: UpdateThreadInput, options?: CallOptions): Promise<Thread> {
    const input = { ...changes, threadId };
    return this.caller.run((request) => this.caller.client.threads.update.mutate(input, request), options);
  }

  /**
   * Deletes a thread with its messages.
   * @example
   * const { id } = await lorebox.threads.create('demo');
   * await lorebox.threads.delete(id);
   */
  async delete(threadId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.threads.delete.mutate({ threadId }, request), options);
  }

  /**
   * Lists the messages of a thread, oldest first, with the citations of answers.
   * @example
   * for await (const { role, text } of lorebox.threads.messages(threadId)) console.log(role, text);
   */
  messages(threadId: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Message> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.threads.messages.query({ ...input, threadId, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Returns a message.
   * @example
   * const [message] = await lorebox.threads.messages(threadId).toArray(1);
   * if (message) console.log((await lorebox.threads.getMessage(message.id)).text);
   */
  getMessage(messageId: string, options?: CallOptions): Promise<Message> {
    return this.caller.run((request) => this.caller.client.threads.getMessage.query({ messageId }, request), options);
  }

  /**
   * Returns how an answer was made: the passages that the model received, what did not fit, tokens, times and the model.
   * @example
   * const { messageId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
   * const { sources, context, timings } = await lorebox.threads.details(messageId);
   */
  details(messageId: string, options?: CallOptions): Promise<AnswerDetails> {
    return this.caller.run((request) => this.caller.client.chat.details.query({ messageId }, request), options);
  }

  /**
   * Rates an answer up or down; null removes the rating. `evals.importFeedback` imports your own answers with a positive rating as
   * test questions. With `share`, the owners of the workspace can also read and import the question and the answer.
   * @example
   * const { messageId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
   * await lorebox.threads.rate(messageId, 'up');
   */
  rate(
    messageId: string,
    feedback: Feedback | null,
    { share = false, reason = null, ...options }: CallOptions & { share?: boolean; reason?: string | null } = {},
  ): Promise<Message> {
    return this.caller.run(
      (request) => this.caller.client.threads.rateMessage.mutate({ messageId, feedback, share, reason }, request),
      options,
    );
  }

  /**
   * Creates a thread of yours with copies of the messages up to and including this one.
   * @example
   * const { messageId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
   * const { id } = await lorebox.threads.branch(messageId);
   */
  branch(messageId: string, options?: CallOptions): Promise<Thread> {
    return this.caller.run((request) => this.caller.client.threads.branch.mutate({ messageId }, request), options);
  }

  /**
   * Deletes a message. Deleting a question also deletes its answer.
   * @example
   * const { threadId: other, questionId } = await lorebox.ask({ workspace: 'demo', question: 'Now or never?' }).started;
   * await lorebox.threads.deleteMessage(questionId);
   */
  async deleteMessage(messageId: string, options?: CallOptions): Promise<void> {
    await this.caller.run(
      (request) => this.caller.client.threads.deleteMessage.mutate({ messageId }, request),
      options,
    );
  }

  /**
   * Regenerates an answer and replaces the existing one. Stream it with `lorebox.watch(answerId)`.
   * @example
   * const { messageId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
   * const { answerId } = await lorebox.threads.regenerate(messageId);
   */
  regenerate(
    messageId: string,
    { mode, model, documentIds, metadata, ...options }: AgainOptions = {},
  ): Promise<AskStarted> {
    const input = { messageId, ...given({ mode, model, documentIds, metadata }) };
    return this.caller.run((request) => this.caller.client.chat.regenerate.mutate(input, request), options);
  }

  /**
   * Edits a question and asks it again. The question and everything after it are replaced.
   * @example
   * const { questionId } = await lorebox.ask({ workspace: 'demo', question: 'How tall?' }).started;
   * const { answerId } = await lorebox.threads.resend(questionId, 'How tall is the lighthouse?');
   */
  resend(
    messageId: string,
    question: string,
    { mode, model, documentIds, metadata, ...options }: AgainOptions = {},
  ): Promise<AskStarted> {
    const input = { messageId, question, ...given({ mode, model, documentIds, metadata }) };
    return this.caller.run((request) => this.caller.client.chat.editAndResend.mutate(input, request), options);
  }
}

/** Removes undefined fields, because the server types distinguish between absent and undefined fields. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
