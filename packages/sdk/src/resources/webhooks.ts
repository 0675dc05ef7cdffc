import type { CreatedWebhook, Delivery, UpdatedWebhook, Webhook } from '@lorebox/contract/webhook';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { CreateWebhookInput, ListDeliveriesInput, UpdateWebhookInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';
import type { ListOptions } from './list-options.ts';

/** Events sent to your URL: signed, retried and logged. Verify them with `verifyWebhook`. */
export class Webhooks {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates a webhook. The signing secret is shown only once.
   * @example
   * const { secret } = await lorebox.webhooks.create({ url: receiverUrl, eventTypes: ['document.ready', 'document.failed'] });
   */
  create(input: CreateWebhookInput, options?: CallOptions): Promise<CreatedWebhook> {
    return this.caller.run((request) => this.caller.client.webhooks.create.mutate(input, request), options);
  }

  /**
   * Lists webhooks, newest first.
   * @example
   * for await (const { url, enabled, disabledReason } of lorebox.webhooks.list()) console.log(url, enabled, disabledReason);
   */
  list({ cursor: first, ...input }: ListOptions = {}, options?: CallOptions): PageList<Webhook> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.webhooks.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Returns a webhook.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * const { eventTypes } = await lorebox.webhooks.get(id); // null: all
   */
  get(webhookId: string, options?: CallOptions): Promise<Webhook> {
    return this.caller.run((request) => this.caller.client.webhooks.get.query({ webhookId }, request), options);
  }

  /**
   * Updates, enables or disables a webhook. Changing the URL creates a new signing secret: `secret` in the response.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * await lorebox.webhooks.update(id, { enabled: false });
   */
  update(webhookId: string, changes: UpdateWebhookInput, options?: CallOptions): Promise<UpdatedWebhook> {
    const input = { ...changes, webhookId };
    return this.caller.run((request) => this.caller.client.webhooks.update.mutate(input, request), options);
  }

  /**
   * Deletes a webhook with its deliveries.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * await lorebox.webhooks.delete(id);
   */
  async delete(webhookId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.webhooks.delete.mutate({ webhookId }, request), options);
  }

  /**
   * Rotates the signing secret. For one day, deliveries are also signed with the old secret.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * const { secret } = await lorebox.webhooks.rotate(id);
   */
  rotate(webhookId: string, options?: CallOptions): Promise<CreatedWebhook> {
    return this.caller.run((request) => this.caller.client.webhooks.rotate.mutate({ webhookId }, request), options);
  }

  /**
   * Sends a `webhook.test` event.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * const delivery = await lorebox.webhooks.test(id);
   */
  test(webhookId: string, options?: CallOptions): Promise<Delivery> {
    return this.caller.run((request) => this.caller.client.webhooks.test.mutate({ webhookId }, request), options);
  }

  /**
   * Lists deliveries, newest first.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * for await (const { eventType, attempts } of lorebox.webhooks.deliveries(id, { status: 'failed' }))
   *   console.log(eventType, attempts.at(-1)?.error);
   */
  deliveries(
    webhookId: string,
    { cursor: first, ...input }: ListDeliveriesInput = {},
    options?: CallOptions,
  ): PageList<Delivery> {
    const load = (cursor: string | undefined) =>
      this.caller.run(
        (request) => this.caller.client.webhooks.deliveries.query({ ...input, webhookId, cursor }, request),
        options,
      );
    return new PageList(load, first);
  }

  /**
   * Returns a delivery with its attempts.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * const { status } = await lorebox.webhooks.getDelivery((await lorebox.webhooks.test(id)).id);
   */
  getDelivery(deliveryId: string, options?: CallOptions): Promise<Delivery> {
    return this.caller.run(
      (request) => this.caller.client.webhooks.getDelivery.query({ deliveryId }, request),
      options,
    );
  }

  /**
   * Redelivers an event.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * const delivery = await lorebox.webhooks.test(id);
   * await lorebox.webhooks.retry(delivery.id);
   */
  retry(deliveryId: string, options?: CallOptions): Promise<Delivery> {
    return this.caller.run((request) => this.caller.client.webhooks.retry.mutate({ deliveryId }, request), options);
  }

  /**
   * Replays events and returns how many were queued.
   * @example
   * const { id } = await lorebox.webhooks.create({ url: receiverUrl });
   * const queued = await lorebox.webhooks.replay(id, { since: new Date(Date.now() - 3600_000) });
   */
  async replay(
    webhookId: string,
    time: { since: Date; until?: Date | undefined },
    options?: CallOptions,
  ): Promise<number> {
    const input = { webhookId, ...time };
    const call = this.caller.run((request) => this.caller.client.webhooks.replay.mutate(input, request), options);
    return (await call).queued;
  }
}
