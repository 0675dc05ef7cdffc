import type { Comment } from '@lorebox/contract/comment';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import { PageList } from '../page-list.ts';
import type { ListOptions } from './list-options.ts';

/** Comments on questions and answers. */
export class Comments {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Comments on a message of a thread that you can read. `@username` mentions a user who can read it too.
   * @example
   * const { messageId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
   * await lorebox.comments.create(messageId, 'Is this still true, @ada?');
   */
  create(messageId: string, text: string, options?: CallOptions): Promise<Comment> {
    return this.caller.run(
      (request) => this.caller.client.comments.create.mutate({ messageId, text }, request),
      options,
    );
  }

  /**
   * Lists the comments in a thread, oldest first.
   * @example
   * const comments = await lorebox.comments.list(threadId).toArray();
   */
  list(threadId: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Comment> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.comments.list.query({ ...input, threadId, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Lists unresolved comments that mention you, newest first.
   * @example
   * for await (const { text, author } of lorebox.comments.mentions()) console.log(author.username, text);
   */
  mentions({ cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Comment> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.comments.mentions.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Changes the text of your comment.
   * @example
   * const { messageId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
   * const { id } = await lorebox.comments.create(messageId, 'Realy?');
   * await lorebox.comments.update(id, 'Really?');
   */
  update(commentId: string, text: string, options?: CallOptions): Promise<Comment> {
    return this.caller.run(
      (request) => this.caller.client.comments.update.mutate({ commentId, text }, request),
      options,
    );
  }

  /**
   * Resolves a comment, or reopens it.
   * @example
   * const { messageId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
   * const { id } = await lorebox.comments.create(messageId, 'Really?');
   * await lorebox.comments.resolve(id, true);
   */
  resolve(commentId: string, resolved: boolean, options?: CallOptions): Promise<Comment> {
    return this.caller.run(
      (request) => this.caller.client.comments.resolve.mutate({ commentId, resolved }, request),
      options,
    );
  }

  /**
   * Deletes a comment of yours, or any comment in your thread.
   * @example
   * const { messageId } = await lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' }).final();
   * const { id } = await lorebox.comments.create(messageId, 'Really?');
   * await lorebox.comments.delete(id);
   */
  async delete(commentId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.comments.delete.mutate({ commentId }, request), options);
  }
}
