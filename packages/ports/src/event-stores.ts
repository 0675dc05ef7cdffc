import type { EventType, LoreboxEvent } from '@lorebox/contract/event';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Delivery, DeliveryAttempt, DeliveryStatus, Webhook } from '@lorebox/contract/webhook';

/** What happened, written in the same transaction as the change that it tells of. */
export interface EventStore {
  /** Newest first. `workspaceId` null: of all workspaces. */
  list(query: PageInput & { workspaceId: string | null; type?: EventType | undefined }): Promise<Page<LoreboxEvent>>;
  /** Oldest first, those after the event `id`; null or an event that is no longer kept: from the oldest on. */
  after(id: string | null, workspaceId: string | null, limit: number): Promise<LoreboxEvent[]>;
  /** The id of the newest event; null when there is none. */
  lastId(): Promise<string | null>;
  /** Removes a bounded number of events older than this, with their deliveries; true when none is left. */
  prune(before: Date): Promise<boolean>;
}

export interface StoredWebhook extends Webhook {
  /** Sealed by the vault, as `previousSecret` is. */
  secret: string;
  /** Signs as well until `previousSecretUntil`. */
  previousSecret: string | null;
  previousSecretUntil: Date | null;
}

export interface DueDelivery {
  delivery: Delivery;
  /** Since it was last queued; a retry by hand begins again with none. */
  tries: number;
  event: LoreboxEvent;
}

export interface WebhookStore {
  create(webhook: StoredWebhook): Promise<void>;
  get(id: string): Promise<StoredWebhook | null>;
  /** Newest first. `workspaceId` null: all of them. */
  list(query: PageInput & { workspaceId: string | null }): Promise<Page<Webhook>>;
  update(id: string, change: Partial<Omit<StoredWebhook, 'id' | 'createdAt'>>): Promise<boolean>;
  /** With its deliveries. */
  remove(id: string): Promise<boolean>;
  /** Removes webhooks of workspaces that are gone, once they have been told; how many. */
  removeOrphans(): Promise<number>;
  /** Queues a `webhook.test` event for this webhook alone; its delivery. */
  addTest(id: string, at: Date): Promise<Delivery>;
  /** Enabled webhooks that have something to be sent by now. */
  withDueDeliveries(now: Date): Promise<StoredWebhook[]>;
  dueDeliveries(webhookId: string, now: Date, limit: number): Promise<DueDelivery[]>;
  /**
   * Writes down one try and what comes after it; `disable` switches the webhook off in the same transaction.
   * Nothing happens when the delivery is gone.
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
  /** Sends it again from its first try on. */
  retryDelivery(id: string, at: Date): Promise<boolean>;
  /** Queues every event that the webhook is told of and that happened in this time once more; how many. */
  replay(webhookId: string, since: Date, until: Date, at: Date): Promise<number>;
  /** Whether anything was delivered to it since. */
  hasDeliveredSince(webhookId: string, since: Date): Promise<boolean>;
}
