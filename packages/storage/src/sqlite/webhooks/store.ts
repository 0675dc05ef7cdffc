import type { Webhook } from '@lorebox/contract/webhook';
import type { StoredWebhook, WebhookStore } from '@lorebox/ports/event-stores';
import { and, asc, count, desc, eq, exists, gte, isNotNull, lt, lte, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { events } from '../events/schema.ts';
import { toEvent } from '../events/to-event.ts';
import { toPage } from '../page.ts';
import { webhookCommands } from './commands.ts';
import { deliveries, webhooks } from './schema.ts';
import { toDelivery } from './to-delivery.ts';

export const webhookEntity = defineEntity(webhookCommands, ({ orm }, writer): WebhookStore => {
  const withEvent = () =>
    orm
      .select({ delivery: deliveries, event: events })
      .from(deliveries)
      .innerJoin(events, eq(events.key, deliveries.eventKey));
  const isDue = (now: Date) => and(eq(deliveries.status, 'pending'), lte(deliveries.nextAttemptAt, now));
  return {
    create: (webhook) => writer.run('webhooks.create', webhook),
    async get(id) {
      return orm.select().from(webhooks).where(eq(webhooks.id, id)).get() ?? null;
    },
    async list({ workspaceId, cursor, limit }) {
      const where = and(
        workspaceId === null ? undefined : eq(webhooks.workspaceId, workspaceId),
        cursor === undefined ? undefined : lt(webhooks.id, cursor),
      );
      const rows = orm
        .select()
        .from(webhooks)
        .where(where)
        .orderBy(desc(webhooks.id))
        .limit(limit + 1)
        .all();
      return toPage(rows, limit, withoutSecrets, (row) => row.id);
    },
    update: (id, change) => writer.run('webhooks.update', { id, change }),
    remove: (id) => writer.run('webhooks.remove', id),
    removeOrphans: () => writer.run('webhooks.removeOrphans', undefined),
    addTest: (id, at) => writer.run('webhooks.addTest', { id, at }),
    async withDueDeliveries(now) {
      const due = orm
        .select({ one: sql`1` })
        .from(deliveries)
        .where(and(eq(deliveries.webhookId, webhooks.id), isDue(now)));
      return orm
        .select()
        .from(webhooks)
        .where(and(eq(webhooks.enabled, true), exists(due)))
        .all();
    },
    async dueDeliveries(webhookId, now, limit) {
      const rows = withEvent()
        .where(and(eq(deliveries.webhookId, webhookId), isDue(now)))
        .orderBy(asc(deliveries.nextAttemptAt), asc(deliveries.id))
        .limit(limit)
        .all();
      return rows.map((row) => ({ delivery: toDelivery(row), tries: row.delivery.tries, event: toEvent(row.event) }));
    },
    recordAttempt: (deliveryId, attempt, next) => writer.run('webhooks.recordAttempt', { deliveryId, attempt, next }),
    async listDeliveries({ webhookId, status, cursor, limit }) {
      const where = and(
        eq(deliveries.webhookId, webhookId),
        status === undefined ? undefined : eq(deliveries.status, status),
        cursor === undefined ? undefined : lt(deliveries.id, cursor),
      );
      const rows = withEvent()
        .where(where)
        .orderBy(desc(deliveries.id))
        .limit(limit + 1)
        .all();
      return toPage(rows, limit, toDelivery, ({ delivery }) => delivery.id);
    },
    async getDelivery(id) {
      const row = withEvent().where(eq(deliveries.id, id)).get();
      return row ? toDelivery(row) : null;
    },
    retryDelivery: (id, at) => writer.run('webhooks.retryDelivery', { id, at }),
    replay: (id, since, until, at) => writer.run('webhooks.replay', { id, since, until, at }),
    async failures(since) {
      const failed = and(eq(deliveries.status, 'failed'), gte(deliveries.createdAt, since));
      const failedDeliveries = orm.select({ n: count() }).from(deliveries).where(failed).get()?.n ?? 0;
      const off = and(eq(webhooks.enabled, false), isNotNull(webhooks.disabledReason));
      return { failedDeliveries, disabled: orm.select({ n: count() }).from(webhooks).where(off).get()?.n ?? 0 };
    },
    async hasDeliveredSince(webhookId, since) {
      const where = and(eq(deliveries.webhookId, webhookId), gte(deliveries.deliveredAt, since));
      return orm.select({ id: deliveries.id }).from(deliveries).where(where).limit(1).get() !== undefined;
    },
  };
});

export function withoutSecrets({
  secret: _,
  previousSecret: __,
  previousSecretUntil: ___,
  ...webhook
}: StoredWebhook): Webhook {
  return webhook;
}
