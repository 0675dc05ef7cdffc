import type { CreatedInvite, Invite, InviteInfo } from '@lorebox/contract/invite';
import type { SignedIn } from '@lorebox/contract/user';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { CreateInviteInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';
import type { ListOptions } from './list-options.ts';

/** Links with which people create their own account. */
export class Invites {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates a link with which somebody creates their own account. It works once.
   * @example
   * const { url } = await lorebox.invites.create({ memberships: [{ workspace: 'demo', role: 'viewer' }] });
   */
  create(input: CreateInviteInput = {}, options?: CallOptions): Promise<CreatedInvite> {
    return this.caller.run((request) => this.caller.client.invites.create.mutate(input, request), options);
  }

  /**
   * Lists invites, newest first.
   * @example
   * const open = (await lorebox.invites.list().toArray()).filter(({ acceptedAt }) => acceptedAt === null);
   */
  list({ cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Invite> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.invites.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Revokes an invite.
   * @example
   * const { id } = await lorebox.invites.create();
   * await lorebox.invites.revoke(id);
   */
  async revoke(inviteId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.invites.revoke.mutate({ inviteId }, request), options);
  }

  /**
   * Returns what an invite is for. Needs no API key.
   * @example
   * const { token } = await lorebox.invites.create();
   * const { role, workspaces } = await lorebox.invites.get(token);
   */
  get(token: string, options?: CallOptions): Promise<InviteInfo> {
    return this.caller.run((request) => this.caller.client.invites.get.query({ token }, request), options);
  }

  /**
   * Creates the account of an invite and signs in. Needs no API key.
   * @example
   * const { token } = await lorebox.invites.create();
   * const { user } = await lorebox.invites.accept(token, { username: 'katherine', password: 'a long pass phrase' });
   */
  accept(
    token: string,
    { username, password }: { username: string; password: string },
    options?: CallOptions,
  ): Promise<SignedIn> {
    const input = { token, username, password };
    return this.caller.run((request) => this.caller.client.invites.accept.mutate(input, request), options);
  }
}
