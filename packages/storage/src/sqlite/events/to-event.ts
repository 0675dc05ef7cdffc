import type { LoreboxEvent } from '@lorebox/contract/event';
import type { events } from './schema.ts';

export function toEvent({ key: _, ...row }: typeof events.$inferSelect): LoreboxEvent {
  // The type and its data are always written together.
  return row as LoreboxEvent;
}
