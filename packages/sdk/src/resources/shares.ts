import type { CreatedShare, Share, SharedThread } from '@lorebox/contract/share';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { ListSharesInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';

/** Links with which everyone can read a thread. */
export class Shares {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates a link with which everyone can read the thread, until it expires or is revoked.
   * @example
   * const { url } = await lorebox.shares.create(threadId, { expiresAt: new Date(Date.now() + 7 * 86_400_000) });
   */
  create(
    threadId: string,
    { expiresAt = null }: { expiresAt?: Date | null | undefined } = {},
    options?: CallOptions,
  ): Promise<CreatedShare> {
    return this.caller.run(
      (request) => this.caller.client.shares.create.mutate({ threadId, expiresAt }, request),
      options,
    );
  }

  /**
   * Lists the share links of your threads, newest first. Owners of a workspace see those of all its threads.
   * @example
   * const links = await lorebox.shares.list({ threadId }).toArray();
   */
  list({ cursor: first, ...input }: ListSharesInput = {}, options?: CallOptions): PageList<Share> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.shares.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Revokes a share link.
   * @example
   * const { id } = await lorebox.shares.create(threadId);
   * await lorebox.shares.revoke(id);
   */
  async revoke(shareId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.shares.revoke.mutate({ shareId }, request), options);
  }

  /**
   * Returns the thread of a share link. Needs no API key.
   * @example
   * const { token } = await lorebox.shares.create(threadId);
   * const { title, messages } = await lorebox.shares.view(token);
   */
  view(token: string, options?: CallOptions): Promise<SharedThread> {
    return this.caller.run((request) => this.caller.client.shares.view.query({ token }, request), options);
  }
}
