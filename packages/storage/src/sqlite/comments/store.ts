import type { Comment } from '@lorebox/contract/comment';
import type { CommentStore } from '@lorebox/ports/comment-store';
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { threads } from '../threads/schema.ts';
import { users } from '../users/schema.ts';
import { members, workspaces } from '../workspaces/schema.ts';
import { commentCommands } from './commands.ts';
import { commentMentions, comments } from './schema.ts';

export const commentEntity = defineEntity(commentCommands, (connection, writer): CommentStore => {
  const { orm } = connection;
  const columns = { comment: comments, username: users.username };
  type Row = { comment: typeof comments.$inferSelect; username: string | null };

  function mentionsOf(ids: readonly string[]): Map<string, string[]> {
    const found = new Map<string, string[]>();
    if (ids.length === 0) return found;
    const rows = orm
      .select({ commentId: commentMentions.commentId, username: users.username })
      .from(commentMentions)
      .innerJoin(users, eq(users.id, commentMentions.userId))
      .where(inArray(commentMentions.commentId, [...ids]))
      .orderBy(asc(users.username))
      .all();
    for (const { commentId, username } of rows) found.set(commentId, [...(found.get(commentId) ?? []), username]);
    return found;
  }

  function toComments(rows: readonly Row[]): Comment[] {
    const mentions = mentionsOf(rows.map(({ comment }) => comment.id));
    return rows.map(({ comment, username }) => {
      const { workspaceId: _, author: __, userId, ...rest } = comment;
      return { ...rest, author: { userId, username }, mentions: mentions.get(comment.id) ?? [] };
    });
  }

  const isVisible = (userId: string, memberOnly: boolean): SQL | undefined =>
    and(
      isNull(workspaces.removedAt),
      or(eq(threads.visibility, 'workspace'), eq(threads.userId, userId)),
      memberOnly
        ? sql`exists (select 1 from ${members} where ${members.workspaceId} = ${workspaces.id} and ${members.userId} = ${userId})`
        : undefined,
    );

  return {
    async get(id) {
      const row = orm
        .select(columns)
        .from(comments)
        .leftJoin(users, eq(users.id, comments.userId))
        .where(eq(comments.id, id))
        .get();
      const [comment] = row ? toComments([row]) : [];
      return row && comment
        ? { ...comment, workspaceId: row.comment.workspaceId, writtenBy: row.comment.author }
        : null;
    },
    async list(threadId, { cursor, limit }) {
      const rows = orm
        .select(columns)
        .from(comments)
        .leftJoin(users, eq(users.id, comments.userId))
        .where(and(eq(comments.threadId, threadId), cursor === undefined ? undefined : gt(comments.id, cursor)))
        .orderBy(asc(comments.id))
        .limit(limit + 1)
        .all();
      const page = toPage(
        rows,
        limit,
        (row) => row,
        ({ comment }) => comment.id,
      );
      return { ...page, items: toComments(page.items) };
    },
    async mentions(userId, memberOnly, { cursor, limit }) {
      const where = and(
        eq(commentMentions.userId, userId),
        eq(comments.resolved, false),
        isVisible(userId, memberOnly),
        cursor === undefined ? undefined : lt(commentMentions.commentId, cursor),
      );
      const rows = orm
        .select(columns)
        .from(commentMentions)
        .innerJoin(comments, eq(comments.id, commentMentions.commentId))
        .innerJoin(threads, eq(threads.id, comments.threadId))
        .innerJoin(workspaces, eq(workspaces.id, threads.workspaceId))
        .leftJoin(users, eq(users.id, comments.userId))
        .where(where)
        .orderBy(desc(commentMentions.commentId))
        .limit(limit + 1)
        .all();
      const page = toPage(
        rows,
        limit,
        (row) => row,
        ({ comment }) => comment.id,
      );
      return { ...page, items: toComments(page.items) };
    },
    async count(threadId) {
      return orm.select({ n: count() }).from(comments).where(eq(comments.threadId, threadId)).get()?.n ?? 0;
    },
    create: (comment) => writer.run('comments.create', comment),
    update: (id, change) => writer.run('comments.update', { id, change }),
    resolve: (id, resolved, updatedAt) => writer.run('comments.resolve', { id, resolved, updatedAt }),
    remove: (id) => writer.run('comments.remove', id),
  };
});
