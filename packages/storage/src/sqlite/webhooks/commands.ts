import type { Delivery, DeliveryAttempt } from '@lorebox/contract/webhook';
import type { StoredWebhook, WebhookStore } from '@lorebox/ports/event-stores';
import { and, eq, gte, lte } from '../../drizzle.ts';
import { insertEvent, isLocalOnly } from '../events/record-event.ts';
import { events } from '../events/schema.ts';
import type { WriteContext } from '../writer/context.ts';
import { queueDelivery, subscribesTo } from './queue-delivery.ts';
import { deliveries, webhooks } from './schema.ts';
import { toDelivery } from './to-delivery.ts';

type Next = Parameters<WebhookStore['recordAttempt']>[2];

export const webhookCommands = {
  'webhooks.create'({ orm }: WriteContext, webhook: StoredWebhook) {
    orm.insert(webhooks).values(webhook).run();
  },
  'webhooks.update'({ orm }: WriteContext, input: { id: string; change: Partial<StoredWebhook> }): boolean {
    return orm.update(webhooks).set(input.change).where(eq(webhooks.id, input.id)).run().changes > 0;
  },
  'webhooks.remove'({ orm }: WriteContext, id: string): boolean {
    return orm.delete(webhooks).where(eq(webhooks.id, id)).run().changes > 0;
  },
  'webhooks.removeOrphans'({ raw }: WriteContext): number {
    const sql =
      'delete from webhooks where workspace_id not in (select id from workspaces where removed_at is null) ' +
      "and id not in (select webhook_id from webhook_deliveries where status = 'pending')";
    return raw.prepare(sql).run().changes;
  },
  'webhooks.addTest'(context: WriteContext, { id, at }: { id: string; at: Date }): Delivery {
    const type = 'webhook.test' as const;
    const key = insertEvent(context, { type, workspaceId: null, timestamp: at, data: { webhookId: id } });
    return readDelivery(context, queueDelivery(context, id, key, at));
  },
  'webhooks.recordAttempt'(
    { orm }: WriteContext,
    { deliveryId, attempt, next }: { deliveryId: string; attempt: DeliveryAttempt; next: Next },
  ) {
    const row = orm.select().from(deliveries).where(eq(deliveries.id, deliveryId)).get();
    if (!row) return;
    const { status, nextAttemptAt, disable } = next;
    const change = { status, nextAttemptAt, attempts: [...row.attempts, attempt], tries: row.tries + 1 };
    const deliveredAt = status === 'delivered' ? attempt.at : row.deliveredAt;
    orm
      .update(deliveries)
      .set({ ...change, deliveredAt })
      .where(eq(deliveries.id, deliveryId))
      .run();
    if (disable === null) return;
    const off = { enabled: false, disabledReason: disable, updatedAt: attempt.at };
    orm.update(webhooks).set(off).where(eq(webhooks.id, row.webhookId)).run();
  },
  'webhooks.retryDelivery'(context: WriteContext, { id, at }: { id: string; at: Date }): boolean {
    const { orm } = context;
    const event = orm
      .select({ workspaceId: events.workspaceId })
      .from(deliveries)
      .innerJoin(events, eq(events.key, deliveries.eventKey))
      .where(eq(deliveries.id, id))
      .get();
    if (!event || isLocalOnly(context, event.workspaceId)) return false;
    const again = { status: 'pending', tries: 0, nextAttemptAt: at } as const;
    return orm.update(deliveries).set(again).where(eq(deliveries.id, id)).run().changes > 0;
  },
  'webhooks.replay'(context: WriteContext, input: { id: string; since: Date; until: Date; at: Date }): number {
    const { orm } = context;
    const webhook = orm.select().from(webhooks).where(eq(webhooks.id, input.id)).get();
    if (!webhook) return 0;
    const inTime = and(gte(events.timestamp, input.since), lte(events.timestamp, input.until));
    const matching = orm
      .select()
      .from(events)
      .where(inTime)
      .orderBy(events.key)
      .all()
      .filter((event) => event.type !== 'webhook.test' && subscribesTo(webhook, event))
      .filter((event) => !isLocalOnly(context, event.workspaceId));
    for (const { key } of matching) queueDelivery(context, webhook.id, key, input.at);
    return matching.length;
  },
};

function readDelivery({ orm }: WriteContext, id: string): Delivery {
  const row = orm
    .select({ delivery: deliveries, event: { id: events.id, type: events.type } })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .where(eq(deliveries.id, id))
    .get();
  if (!row) throw new Error('the delivery that was just queued is not there');
  return toDelivery(row);
}
