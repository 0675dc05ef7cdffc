import type { ApiKey, CreatedApiKey } from '@lorebox/contract/api-key';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { CreateApiKeyInput, RotateApiKeyInput, UpdateApiKeyInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';
import type { ListOptions } from './list-options.ts';

/** API keys for programs. */
export class ApiKeys {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates an API key with the given scopes. The secret is shown only once; the server stores only its hash.
   * Set an expiry: 90 days is a good default.
   * @example
   * const { key } = await lorebox.apiKeys.create({
   *   name: 'reader',
   *   scopes: ['workspaces:read', 'chat'],
   *   expiresAt: new Date(Date.now() + 90 * 86_400_000),
   * });
   */
  create(input: CreateApiKeyInput, options?: CallOptions): Promise<CreatedApiKey> {
    return this.caller.run((request) => this.caller.client.apiKeys.create.mutate(input, request), options);
  }

  /**
   * Lists API keys, newest first, without their secrets.
   * @example
   * for await (const { name, lastUsedAt } of lorebox.apiKeys.list()) console.log(name, lastUsedAt?.toISOString());
   */
  list({ cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<ApiKey> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.apiKeys.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Returns an API key.
   * @example
   * const { id } = await lorebox.apiKeys.create({ name: 'seen', scopes: ['chat'] });
   * const { lastUsedAt } = await lorebox.apiKeys.get(id); // null
   */
  get(keyId: string, options?: CallOptions): Promise<ApiKey> {
    return this.caller.run((request) => this.caller.client.apiKeys.get.query({ keyId }, request), options);
  }

  /**
   * Changes the name, scopes, expiry or rate limit of an API key.
   * @example
   * const { id } = await lorebox.apiKeys.create({ name: 'limited', scopes: ['chat'] });
   * await lorebox.apiKeys.update(id, { requestsPerMinute: 60 });
   */
  update(keyId: string, changes: UpdateApiKeyInput, options?: CallOptions): Promise<ApiKey> {
    const input = { ...changes, keyId };
    return this.caller.run((request) => this.caller.client.apiKeys.update.mutate(input, request), options);
  }

  /**
   * Rotates an API key. The old secret keeps working for `graceMinutes` (default: 60).
   * @example
   * const { id } = await lorebox.apiKeys.create({ name: 'rotated', scopes: ['chat'] });
   * const { key } = await lorebox.apiKeys.rotate(id, { graceMinutes: 10 });
   */
  rotate(keyId: string, input: RotateApiKeyInput = {}, options?: CallOptions): Promise<CreatedApiKey> {
    return this.caller.run(
      (request) => this.caller.client.apiKeys.rotate.mutate({ keyId, ...input }, request),
      options,
    );
  }

  /**
   * Revokes an API key. New requests are rejected immediately; open streams end within seconds.
   * @example
   * const { id } = await lorebox.apiKeys.create({ name: 'for a moment', scopes: ['chat'] });
   * await lorebox.apiKeys.revoke(id);
   */
  async revoke(keyId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.apiKeys.revoke.mutate({ keyId }, request), options);
  }
}
