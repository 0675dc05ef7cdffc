import type { AnswerStore } from '@lorebox/ports/chat-stores';
import { and, asc, eq, getTableColumns, gt, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { threads } from '../threads/schema.ts';
import { answerCommands } from './commands.ts';
import { answerEvents, answers } from './schema.ts';

export const answerEntity = defineEntity(answerCommands, (connection, writer): AnswerStore => {
  const { orm } = connection;
  const byId = orm
    .select({ answer: answers, userId: threads.userId, keyId: threads.keyId, visibility: threads.visibility })
    .from(answers)
    .innerJoin(threads, eq(threads.id, answers.threadId))
    .where(eq(answers.id, sql.placeholder('id')))
    .prepare();
  const eventsAfter = orm
    .select({ events: answerEvents.events })
    .from(answerEvents)
    .where(and(eq(answerEvents.answerId, sql.placeholder('id')), gt(answerEvents.lastSeq, sql.placeholder('seq'))))
    .orderBy(asc(answerEvents.lastSeq))
    .prepare();
  const running = orm.select(getTableColumns(answers)).from(answers).where(eq(answers.state, 'running')).prepare();
  return {
    async get(id) {
      const row = byId.get({ id });
      if (!row) return null;
      const { answer, userId, keyId, visibility } = row;
      return { ...answer, userId, keyId, visibility };
    },
    begin: (turn) => writer.run('answers.begin', turn),
    appendEvents: (answerId, events) => writer.run('answers.appendEvents', { answerId, events }),
    finish: (answerId, result) => writer.run('answers.finish', { answerId, result }),
    async eventsAfter(answerId, seq) {
      return eventsAfter
        .all({ id: answerId, seq })
        .flatMap((row) => row.events)
        .filter((event) => event.seq > seq);
    },
    listRunning: async () => running.all(),
  };
});
