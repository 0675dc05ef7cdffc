import type { EventType, LoreboxEvent } from '@lorebox/contract/event';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Delivery, DeliveryAttempt, DeliveryStatus, Webhook } from '@lorebox/contract/webhook';

/** Events, written in the same transaction as the change they describe. */
export interface EventStore {
  /** Newest first. `workspaceId` null: all workspaces. */
  list(query: PageInput & { workspaceId: string | null; type?: EventType | undefined }): Promise<Page<LoreboxEvent>>;
  /**
   * Returns the events after the event `id`, oldest first. Starts at the oldest event if `id` is null or no longer
   * stored.
   */
  after(id: string | null, workspaceId: string | null, limit: number): Promise<LoreboxEvent[]>;
  /** Returns the id of the newest event, or null if there is none. */
  lastId(): Promise<string | null>;
  /** Removes a bounded number of events older than `before`, with their deliveries. Returns true when none is left. */
  prune(before: Date): Promise<boolean>;
}

export interface StoredWebhook extends Webhook {
  /** Encrypted by the vault, like `previousSecret`. */
  secret: string;
  /** Also signs deliveries until `previousSecretUntil`. */
  previousSecret: string | null;
  previousSecretUntil: Date | null;
}

export interface DueDelivery {
  delivery: Delivery;
  /** Number of attempts since the delivery was last queued. A manual retry resets it. */
  tries: number;
  event: LoreboxEvent;
}

export interface WebhookStore {
  create(webhook: StoredWebhook): Promise<void>;
  get(id: string): Promise<StoredWebhook | null>;
  /** Newest first. `workspaceId` null: all webhooks. */
  list(query: PageInput & { workspaceId: string | null }): Promise<Page<Webhook>>;
  update(id: string, change: Partial<Omit<StoredWebhook, 'id' | 'createdAt'>>): Promise<boolean>;
  /** Removes the webhook with its deliveries. */
  remove(id: string): Promise<boolean>;
  /** Removes webhooks of deleted workspaces after their last delivery. Returns the number of webhooks. */
  removeOrphans(): Promise<number>;
  /** Queues a `webhook.test` event for this webhook only. Returns its delivery. */
  addTest(id: string, at: Date): Promise<Delivery>;
  /** Returns the enabled webhooks with deliveries that are due. */
  withDueDeliveries(now: Date): Promise<StoredWebhook[]>;
  dueDeliveries(webhookId: string, now: Date, limit: number): Promise<DueDelivery[]>;
  /**
   * Records one attempt and schedules the next; `disable` disables the webhook in the same transaction.
   * Does nothing if the delivery is gone.
   */
  recordAttempt(
    deliveryId: string,
    attempt: DeliveryAttempt,
    next: { status: DeliveryStatus; nextAttemptAt: Date | null; disable: string | null },
  ): Promise<void>;
  /** Newest first. */
  listDeliveries(
    query: PageInput & { webhookId: string; status?: DeliveryStatus | undefined },
  ): Promise<Page<Delivery>>;
  getDelivery(id: string): Promise<Delivery | null>;
  /** Restarts the delivery from its first attempt. */
  retryDelivery(id: string, at: Date): Promise<boolean>;
  /** Queues again every event in this period that the webhook subscribes to. Returns the number of events. */
  replay(webhookId: string, since: Date, until: Date, at: Date): Promise<number>;
  /** Counts the failed deliveries since then, and the webhooks that the server disabled. */
  failures(since: Date): Promise<{ failedDeliveries: number; disabled: number }>;
  /** Returns whether anything was delivered to the webhook since then. */
  hasDeliveredSince(webhookId: string, since: Date): Promise<boolean>;
}
