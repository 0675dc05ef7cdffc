import type { Lead, Widget } from '@lorebox/contract/widget';
import type { QuestionCount, StoredSession, WidgetStore } from '@lorebox/ports/widget-store';
import { and, eq, inArray, lt, sql } from '../../drizzle.ts';
import { threads } from '../threads/schema.ts';
import { THREAD_INDEX } from '../threads/thread-texts.ts';
import type { WriteContext } from '../writer/context.ts';
import { widgetSessions, widgets, widgetUsage } from './schema.ts';

export const widgetCommands = {
  'widgets.create'({ orm }: WriteContext, widget: Widget) {
    orm.insert(widgets).values(widget).run();
  },
  'widgets.update'({ orm }: WriteContext, { id, change }: { id: string; change: Partial<Widget> }) {
    orm.update(widgets).set(change).where(eq(widgets.id, id)).run();
  },
  'widgets.remove'({ orm, eraser }: WriteContext, id: string) {
    const threadIds = orm
      .select({ id: widgetSessions.threadId })
      .from(widgetSessions)
      .where(eq(widgetSessions.widgetId, id));
    orm.delete(threads).where(inArray(threads.id, threadIds)).run();
    orm.delete(widgets).where(eq(widgets.id, id)).run();
    eraser.noteTable(THREAD_INDEX);
  },
  'widgets.createSession'({ orm }: WriteContext, session: StoredSession) {
    orm.insert(widgetSessions).values(session).run();
  },
  'widgets.setLead'({ orm }: WriteContext, { sessionId, lead }: { sessionId: string; lead: Lead }) {
    orm.update(widgetSessions).set({ lead }).where(eq(widgetSessions.id, sessionId)).run();
  },
  'widgets.countQuestion'(
    { orm }: WriteContext,
    input: Parameters<WidgetStore['countQuestion']>[0],
  ): 'counted' | 'session' | 'day' {
    const { sessionId, widgetId, day, at, messagesPerSession, messagesPerDay } = input;
    const session = orm.select().from(widgetSessions).where(eq(widgetSessions.id, sessionId)).get();
    if (messagesPerSession !== null && (session?.messages ?? 0) >= messagesPerSession) return 'session';
    const ofDay = and(eq(widgetUsage.widgetId, widgetId), eq(widgetUsage.day, day));
    const used = orm.select().from(widgetUsage).where(ofDay).get()?.messages ?? 0;
    if (messagesPerDay !== null && used >= messagesPerDay) return 'day';
    orm
      .update(widgetSessions)
      .set({ messages: sql`${widgetSessions.messages} + 1`, lastActiveAt: at })
      .where(eq(widgetSessions.id, sessionId))
      .run();
    orm
      .insert(widgetUsage)
      .values({ widgetId, day, messages: 1 })
      .onConflictDoUpdate({
        target: [widgetUsage.widgetId, widgetUsage.day],
        set: { messages: sql`${widgetUsage.messages} + 1` },
      })
      .run();
    return 'counted';
  },
  'widgets.uncountQuestion'({ orm }: WriteContext, { sessionId, widgetId, day }: QuestionCount) {
    orm
      .update(widgetSessions)
      .set({ messages: sql`max(${widgetSessions.messages} - 1, 0)` })
      .where(eq(widgetSessions.id, sessionId))
      .run();
    orm
      .update(widgetUsage)
      .set({ messages: sql`max(${widgetUsage.messages} - 1, 0)` })
      .where(and(eq(widgetUsage.widgetId, widgetId), eq(widgetUsage.day, day)))
      .run();
  },
  'widgets.pruneSessions'({ orm }: WriteContext, before: Date) {
    orm
      .delete(widgetSessions)
      .where(and(eq(widgetSessions.messages, 0), lt(widgetSessions.createdAt, before)))
      .run();
  },
};
