import type { ApiKey, CreateApiKeyInput, CreatedApiKey, UpdateApiKeyInput } from '@lorebox/contract/api-key';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import { PageList } from '../page-list.ts';
import type { ListOptions } from './list-options.ts';

/** Keys for programs. */
export class ApiKeys {
  private readonly caller: Caller;

  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Makes a key with the scopes that its program needs. It is shown this once; the server keeps only its hash.
   * Give it an expiry: 90 days is a good default.
   * @example
   * const { key } = await lorebox.apiKeys.create({
   *   name: 'reader',
   *   scopes: ['workspaces:read', 'chat'],
   *   expiresAt: new Date(Date.now() + 90 * 86_400_000),
   * });
   */
  create(
    input: Pick<CreateApiKeyInput, 'name' | 'scopes'> & Partial<CreateApiKeyInput>,
    options?: CallOptions,
  ): Promise<CreatedApiKey> {
    return this.caller.run((request) => this.caller.client.apiKeys.create.mutate(input, request), options);
  }

  /**
   * Keys, newest first, without the keys themselves.
   * @example
   * for await (const { name, lastUsedAt } of lorebox.apiKeys.list()) console.log(name, lastUsedAt?.toISOString());
   */
  list({ cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<ApiKey> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.apiKeys.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * One key.
   * @example
   * const { id } = await lorebox.apiKeys.create({ name: 'seen', scopes: ['chat'] });
   * const { lastUsedAt } = await lorebox.apiKeys.get(id); // null
   */
  get(keyId: string, options?: CallOptions): Promise<ApiKey> {
    return this.caller.run((request) => this.caller.client.apiKeys.get.query({ keyId }, request), options);
  }

  /**
   * Changes name, scopes, expiry or limit.
   * @example
   * const { id } = await lorebox.apiKeys.create({ name: 'limited', scopes: ['chat'] });
   * await lorebox.apiKeys.update({ keyId: id, requestsPerMinute: 60 });
   */
  update(input: UpdateApiKeyInput, options?: CallOptions): Promise<ApiKey> {
    return this.caller.run((request) => this.caller.client.apiKeys.update.mutate(input, request), options);
  }

  /**
   * Gives a key a new secret; the old one works on for `graceMinutes` (an hour unless you say otherwise).
   * @example
   * const { id } = await lorebox.apiKeys.create({ name: 'rotated', scopes: ['chat'] });
   * const { key } = await lorebox.apiKeys.rotate(id, { graceMinutes: 10 });
   */
  rotate(keyId: string, input: { graceMinutes?: number } = {}, options?: CallOptions): Promise<CreatedApiKey> {
    return this.caller.run(
      (request) => this.caller.client.apiKeys.rotate.mutate({ keyId, ...input }, request),
      options,
    );
  }

  /**
   * Revokes a key: its next request is refused, its open streams end within seconds.
   * @example
   * const { id } = await lorebox.apiKeys.create({ name: 'for a moment', scopes: ['chat'] });
   * await lorebox.apiKeys.revoke(id);
   */
  async revoke(keyId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.apiKeys.revoke.mutate({ keyId }, request), options);
  }
}
