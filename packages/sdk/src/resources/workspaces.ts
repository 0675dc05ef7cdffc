import type { WorkspaceEmbedding } from '@lorebox/contract/embedding';
import type { Member, MemberRole, Workspace } from '@lorebox/contract/workspace';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { CreateWorkspaceInput, UpdateWorkspaceInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';
import type { ListOptions } from './list-options.ts';

/** Documents, threads and settings that belong together, and their members. */
export class Workspaces {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates a workspace. Its slug is derived from the name and is accepted in place of the id.
   * @example
   * const { slug } = await lorebox.workspaces.create({ name: 'Field notes' });
   */
  create(input: CreateWorkspaceInput, options?: CallOptions): Promise<Workspace> {
    return this.caller.run((request) => this.caller.client.workspaces.create.mutate(input, request), options);
  }

  /**
   * Returns a workspace by id or slug.
   * @example
   * const { name } = await lorebox.workspaces.get('demo');
   */
  get(workspace: string, options?: CallOptions): Promise<Workspace> {
    return this.caller.run((request) => this.caller.client.workspaces.get.query({ workspace }, request), options);
  }

  /**
   * Lists workspaces, newest first.
   * @example
   * for await (const workspace of lorebox.workspaces.list()) console.log(workspace.slug);
   */
  list({ cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Workspace> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.workspaces.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Changes the name or settings of a workspace. Omitted settings keep their value.
   * @example
   * await lorebox.workspaces.update('demo', { mode: 'query', topK: 6 });
   */
  update(workspace: string, changes: UpdateWorkspaceInput, options?: CallOptions): Promise<Workspace> {
    const input = { ...changes, workspace };
    return this.caller.run((request) => this.caller.client.workspaces.update.mutate(input, request), options);
  }

  /**
   * Deletes a workspace and its contents.
   * @example
   * const { id } = await lorebox.workspaces.create({ name: 'For a moment' });
   * await lorebox.workspaces.delete(id);
   */
  async delete(workspace: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.workspaces.delete.mutate({ workspace }, request), options);
  }

  /**
   * Returns the embedder that search uses, and the progress of a re-embedding.
   * @example
   * const { modelId, next } = await lorebox.workspaces.embedding('demo');
   * console.log(modelId, next ? `${Math.round(next.progress * 100)} % of ${next.modelId}` : '');
   */
  embedding(workspace: string, options?: CallOptions): Promise<WorkspaceEmbedding> {
    return this.caller.run((request) => this.caller.client.workspaces.embedding.query({ workspace }, request), options);
  }

  /**
   * Lists the members of a workspace.
   * @example
   * const members = await lorebox.workspaces.members('demo').toArray();
   */
  members(workspace: string, { cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Member> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.workspaces.members.query({ ...input, workspace, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Returns a member.
   * @example
   * const [member] = await lorebox.workspaces.members('demo').toArray(1);
   * if (member) console.log((await lorebox.workspaces.getMember('demo', member.userId)).role);
   */
  getMember(workspace: string, userId: string, options?: CallOptions): Promise<Member> {
    const input = { workspace, userId };
    return this.caller.run((request) => this.caller.client.workspaces.getMember.query(input, request), options);
  }

  /**
   * Adds a member or changes their role.
   * @example
   * const { id } = await lorebox.users.create({ username: 'grace', password: 'correct horse' });
   * await lorebox.workspaces.setMember('demo', id, 'editor');
   */
  setMember(workspace: string, userId: string, role: MemberRole, options?: CallOptions): Promise<Member> {
    const input = { workspace, userId, role };
    return this.caller.run((request) => this.caller.client.workspaces.setMember.mutate(input, request), options);
  }

  /**
   * Removes a member. Their threads are kept.
   * @example
   * const [member] = await lorebox.workspaces.members('demo').toArray(1);
   * if (member) await lorebox.workspaces.removeMember('demo', member.userId);
   */
  async removeMember(workspace: string, userId: string, options?: CallOptions): Promise<void> {
    const input = { workspace, userId };
    await this.caller.run((request) => this.caller.client.workspaces.removeMember.mutate(input, request), options);
  }
}
