import type { Delivery } from '@lorebox/contract/webhook';
import type { events } from '../events/schema.ts';
import type { deliveries } from './schema.ts';

export function toDelivery(row: {
  delivery: typeof deliveries.$inferSelect;
  event: Pick<typeof events.$inferSelect, 'id' | 'type'>;
}): Delivery {
  const { id, webhookId, status, attempts, nextAttemptAt, createdAt } = row.delivery;
  const tried = attempts.map((attempt) => ({ ...attempt, at: new Date(attempt.at) }));
  const about = { id, webhookId, eventId: row.event.id, eventType: row.event.type };
  return { ...about, status, attempts: tried, nextAttemptAt, createdAt };
}
