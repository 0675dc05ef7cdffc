import type { WidgetStore } from '@lorebox/ports/widget-store';
import { and, asc, count, desc, eq, gt, lt } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { threads } from '../threads/schema.ts';
import { widgetCommands } from './commands.ts';
import { widgetSessions, widgets, widgetUsage } from './schema.ts';

export const widgetEntity = defineEntity(widgetCommands, (connection, writer): WidgetStore => {
  const { orm } = connection;
  const conversations = () =>
    orm
      .select({
        id: widgetSessions.id,
        widgetId: widgetSessions.widgetId,
        threadId: widgetSessions.threadId,
        title: threads.title,
        origin: widgetSessions.origin,
        visitor: widgetSessions.visitor,
        lead: widgetSessions.lead,
        messages: widgetSessions.messages,
        createdAt: widgetSessions.createdAt,
        lastActiveAt: widgetSessions.lastActiveAt,
      })
      .from(widgetSessions)
      .innerJoin(threads, eq(threads.id, widgetSessions.threadId));
  return {
    get: async (id) => orm.select().from(widgets).where(eq(widgets.id, id)).get() ?? null,
    async list(workspaceId, { cursor, limit }) {
      const rows = orm
        .select()
        .from(widgets)
        .where(and(eq(widgets.workspaceId, workspaceId), cursor === undefined ? undefined : lt(widgets.id, cursor)))
        .orderBy(desc(widgets.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        (row) => row,
        (row) => row.id,
      );
    },
    async count(workspaceId) {
      return orm.select({ n: count() }).from(widgets).where(eq(widgets.workspaceId, workspaceId)).get()?.n ?? 0;
    },
    create: (widget) => writer.run('widgets.create', widget),
    update: (id, change) => writer.run('widgets.update', { id, change }),
    remove: (id) => writer.run('widgets.remove', id),
    createSession: (session) => writer.run('widgets.createSession', session),
    getSession: async (id) => orm.select().from(widgetSessions).where(eq(widgetSessions.id, id)).get() ?? null,
    async getSessionByHash(secretHash) {
      return orm.select().from(widgetSessions).where(eq(widgetSessions.secretHash, secretHash)).get() ?? null;
    },
    setLead: (sessionId, lead) => writer.run('widgets.setLead', { sessionId, lead }),
    countQuestion: (question) => writer.run('widgets.countQuestion', question),
    uncountQuestion: (question) => writer.run('widgets.uncountQuestion', question),
    async questionsOfDay(widgetId, day) {
      const ofDay = and(eq(widgetUsage.widgetId, widgetId), eq(widgetUsage.day, day));
      return orm.select().from(widgetUsage).where(ofDay).get()?.messages ?? 0;
    },
    async listConversations(widgetId, { cursor, limit }) {
      const before = cursor === undefined ? undefined : lt(widgetSessions.id, cursor);
      const rows = conversations()
        .where(and(eq(widgetSessions.widgetId, widgetId), before))
        .orderBy(desc(widgetSessions.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        (row) => row,
        (row) => row.id,
      );
    },
    async conversationsAfter(widgetId, after, limit) {
      const isAfter = after === undefined ? undefined : gt(widgetSessions.id, after);
      return conversations()
        .where(and(eq(widgetSessions.widgetId, widgetId), isAfter))
        .orderBy(asc(widgetSessions.id))
        .limit(limit)
        .all();
    },
    getConversation: async (id) => conversations().where(eq(widgetSessions.id, id)).get() ?? null,
    pruneSessions: (before) => writer.run('widgets.pruneSessions', before),
  };
});
