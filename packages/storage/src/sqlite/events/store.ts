import type { EventStore } from '@lorebox/ports/event-stores';
import { and, asc, desc, eq, gt, lt } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { eventCommands } from './commands.ts';
import { events } from './schema.ts';
import { toEvent } from './to-event.ts';

export const eventEntity = defineEntity(eventCommands, ({ orm }, writer): EventStore => {
  const keyOf = (id: string) => orm.select({ key: events.key }).from(events).where(eq(events.id, id)).get()?.key;
  return {
    async list({ workspaceId, type, cursor, limit }) {
      const where = and(
        workspaceId === null ? undefined : eq(events.workspaceId, workspaceId),
        type === undefined ? undefined : eq(events.type, type),
        cursor === undefined ? undefined : lt(events.key, Number(cursor)),
      );
      const rows = orm
        .select()
        .from(events)
        .where(where)
        .orderBy(desc(events.key))
        .limit(limit + 1)
        .all();
      return toPage(rows, limit, toEvent, (row) => row.key);
    },
    async after(id, workspaceId, limit) {
      const after = id === null ? undefined : keyOf(id);
      const where = and(
        after === undefined ? undefined : gt(events.key, after),
        workspaceId === null ? undefined : eq(events.workspaceId, workspaceId),
      );
      return orm.select().from(events).where(where).orderBy(asc(events.key)).limit(limit).all().map(toEvent);
    },
    async lastId() {
      return orm.select({ id: events.id }).from(events).orderBy(desc(events.key)).limit(1).get()?.id ?? null;
    },
    prune: (before) => writer.run('events.prune', before),
  };
});
