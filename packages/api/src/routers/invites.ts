import { Id } from '@lorebox/contract/ids';
import {
  AcceptInviteInput,
  CreatedInvite,
  CreateInviteInput,
  Invite,
  InviteInfo,
  InviteRef,
} from '@lorebox/contract/invite';
import { PageInput, pageOf } from '@lorebox/contract/page';
import { SignedIn } from '@lorebox/contract/user';
import { acceptInvite } from '@lorebox/core/invites/accept-invite';
import { createInvite } from '@lorebox/core/invites/create-invite';
import { getInvite } from '@lorebox/core/invites/get-invite';
import { listInvites } from '@lorebox/core/invites/list-invites';
import { revokeInvite } from '@lorebox/core/invites/revoke-invite';
import { z } from 'zod';
import { NoContent, procedure, publicProcedure, router } from '../trpc.ts';

const tags = ['invites'];
const scopes: ['users:invite'] = ['users:invite'];

export const invitesRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/invites',
        tags,
        scopes,
        example: { input: { role: 'member', memberships: [] } },
        summary: 'Create an invite',
        description:
          'The person who opens the link chooses a username and a password and is signed in. It works once. Requires every scope of the role, and for memberships `workspaces:write`. The link stops working when you lose these rights.',
        status: 201,
      },
    })
    .input(CreateInviteInput)
    .output(CreatedInvite)
    .mutation(({ ctx, input }) => createInvite(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({ openapi: { method: 'GET', path: '/invites', tags, scopes, summary: 'List invites, newest first' } })
    .input(PageInput)
    .output(pageOf(Invite))
    .query(({ ctx, input }) => listInvites(ctx.core, ctx.actor, input)),
  revoke: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/invites/{inviteId}',
        tags,
        scopes,
        summary: 'Revoke an invite',
        status: 204,
      },
    })
    .input(z.object({ inviteId: Id.describe('Id of the invite.') }))
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await revokeInvite(ctx.core, ctx.actor, input.inviteId);
    }),
  get: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/invited/{token}',
        tags,
        public: true,
        summary: 'Get the invite of a link',
        description: 'Needs no credential. Unknown, accepted, revoked and expired invites look the same.',
      },
    })
    .input(InviteRef)
    .output(InviteInfo)
    .query(({ ctx, input }) => {
      ctx.throttle.view();
      return getInvite(ctx.core, input.token);
    }),
  accept: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/invited/{token}',
        tags,
        public: true,
        example: { input: { username: 'ada', password: 'correct horse battery' } },
        summary: 'Accept an invite',
        description: 'Creates the account and signs in. Needs no credential.',
        status: 201,
      },
    })
    .input(AcceptInviteInput)
    .output(SignedIn)
    .mutation(async ({ ctx, input }) => {
      ctx.throttle.login('invite');
      const { address, requestId } = ctx;
      const signedIn = await acceptInvite(ctx.core, input, { address, requestId });
      ctx.throttle.loginSucceeded('invite');
      ctx.setSessionCookie({ token: signedIn.sessionToken, expiresAt: signedIn.expiresAt });
      return signedIn;
    }),
});
