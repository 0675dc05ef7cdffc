import type { User } from '@lorebox/contract/user';
import type { Membership } from '@lorebox/contract/workspace';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { CreateUserInput, ListUsersInput, UpdateUserInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';

/** User accounts. Admins only. */
export class Users {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates a user. The default role is member.
   * @example
   * await lorebox.users.create({ username: 'linus', password: 'correct horse', role: 'manager' });
   */
  create(input: CreateUserInput, options?: CallOptions): Promise<User> {
    return this.caller.run((request) => this.caller.client.users.create.mutate(input, request), options);
  }

  /**
   * Lists users, newest first.
   * @example
   * for await (const { username, role } of lorebox.users.list()) console.log(username, role);
   */
  list({ cursor: first, ...input }: ListUsersInput = {}, options?: CallOptions): PageList<User> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.users.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Returns a user.
   * @example
   * const [user] = await lorebox.users.list({ role: 'admin' }).toArray(1);
   * if (user) console.log((await lorebox.users.get(user.id)).username);
   */
  get(userId: string, options?: CallOptions): Promise<User> {
    return this.caller.run((request) => this.caller.client.users.get.query({ userId }, request), options);
  }

  /**
   * Returns the workspaces that a user is a member of.
   * @example
   * const [user] = await lorebox.users.list().toArray(1);
   * if (user) for (const { name, role } of await lorebox.users.memberships(user.id)) console.log(name, role);
   */
  async memberships(userId: string, options?: CallOptions): Promise<Membership[]> {
    const load = this.caller.run((request) => this.caller.client.users.memberships.query({ userId }, request), options);
    return (await load).items;
  }

  /**
   * Changes the role, password or suspension of a user, and ends their sessions. A new password also revokes their API keys,
   * unless you set `revokeKeys: false`.
   * @example
   * const [user] = await lorebox.users.list().toArray(1);
   * if (user) await lorebox.users.update(user.id, { suspended: false });
   */
  update(userId: string, changes: UpdateUserInput, options?: CallOptions): Promise<User> {
    const input = { ...changes, userId };
    return this.caller.run((request) => this.caller.client.users.update.mutate(input, request), options);
  }

  /**
   * Deletes a user with their sessions and API keys.
   * @example
   * const { id } = await lorebox.users.create({ username: 'gone-soon', password: 'correct horse' });
   * await lorebox.users.delete(id);
   */
  async delete(userId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.users.delete.mutate({ userId }, request), options);
  }
}
