import { Id } from '@lorebox/contract/ids';
import { pageOf } from '@lorebox/contract/page';
import { CreateUserInput, ListUsersInput, UpdateUserInput, User } from '@lorebox/contract/user';
import { Membership } from '@lorebox/contract/workspace';
import { createUser } from '@lorebox/core/identity/create-user';
import { deleteUser } from '@lorebox/core/identity/delete-user';
import { getUser } from '@lorebox/core/identity/get-user';
import { listMemberships } from '@lorebox/core/identity/list-memberships';
import { listUsers } from '@lorebox/core/identity/list-users';
import { updateUser } from '@lorebox/core/identity/update-user';
import { z } from 'zod';
import { NoContent, procedure, router } from '../trpc.ts';

const UserRef = z.object({ userId: Id });

export const usersRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users',
        tags: ['users'],
        scopes: ['users:write'],
        example: { input: { username: 'ada', password: 'correct horse battery', role: 'member' } },
        summary: 'Create a user',
        status: 201,
      },
    })
    .input(CreateUserInput)
    .output(User)
    .mutation(({ ctx, input }) => createUser(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/users',
        tags: ['users'],
        scopes: ['users:read'],
        summary: 'List users, newest first',
      },
    })
    .input(ListUsersInput)
    .output(pageOf(User))
    .query(({ ctx, input }) => listUsers(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/users/{userId}',
        tags: ['users'],
        scopes: ['users:read'],
        summary: 'Get a user',
      },
    })
    .input(UserRef)
    .output(User)
    .query(({ ctx, input }) => getUser(ctx.core, ctx.actor, input.userId)),
  update: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/users/{userId}',
        tags: ['users'],
        scopes: ['users:write'],
        summary: 'Update a user',
        description:
          "Changes the role, password or suspension. Requires every scope of the user's role, before and after the change.",
      },
    })
    .input(UpdateUserInput)
    .output(User)
    .mutation(({ ctx, input }) => updateUser(ctx.core, ctx.actor, input)),
  memberships: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/users/{userId}/memberships',
        tags: ['users'],
        scopes: ['users:read'],
        summary: 'List the workspaces of a user',
      },
    })
    .input(UserRef)
    .output(z.object({ items: z.array(Membership) }))
    .query(async ({ ctx, input }) => ({ items: await listMemberships(ctx.core, ctx.actor, input.userId) })),
  delete: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/users/{userId}',
        tags: ['users'],
        scopes: ['users:write'],
        summary: 'Delete a user',
        status: 204,
      },
    })
    .input(UserRef)
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await deleteUser(ctx.core, ctx.actor, input.userId);
    }),
});
