import { Id } from '@lorebox/contract/ids';
import { pageOf } from '@lorebox/contract/page';
import { CreatedShare, CreateShareInput, ListSharesInput, Share, SharedThread } from '@lorebox/contract/share';
import { createShare } from '@lorebox/core/shares/create-share';
import { listShares } from '@lorebox/core/shares/list-shares';
import { revokeShare } from '@lorebox/core/shares/revoke-share';
import { viewShare } from '@lorebox/core/shares/view-share';
import { z } from 'zod';
import { NoContent, procedure, publicProcedure, router } from '../trpc.ts';

const tags = ['shares'];
const scopes: ['chat'] = ['chat'];

export const sharesRouter = router({
  create: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/threads/{threadId}/shares',
        tags,
        scopes,
        summary: 'Create a share link',
        description:
          'Everyone with the link can read the thread without an account, including what is added later, until the link expires or is revoked. Documents stay closed: only the cited texts are shown.',
        status: 201,
      },
    })
    .input(CreateShareInput)
    .output(CreatedShare)
    .mutation(({ ctx, input }) => createShare(ctx.core, ctx.actor, input)),
  list: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/shares',
        tags,
        scopes,
        summary: 'List share links, newest first',
        description: 'Lists the links to your threads. Owners of a workspace see those to all of its threads.',
      },
    })
    .input(ListSharesInput)
    .output(pageOf(Share))
    .query(({ ctx, input }) => listShares(ctx.core, ctx.actor, input)),
  revoke: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/shares/{shareId}',
        tags,
        scopes,
        summary: 'Revoke a share link',
        status: 204,
      },
    })
    .input(z.object({ shareId: Id.describe('Id of the share link.') }))
    .output(NoContent)
    .mutation(async ({ ctx, input }) => {
      await revokeShare(ctx.core, ctx.actor, input.shareId);
    }),
  view: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/shared/{token}',
        tags,
        public: true,
        summary: 'Get a shared thread',
        description: 'Needs no credential. Unknown, revoked and expired links look the same.',
      },
    })
    .input(z.object({ token: z.string().min(1).max(200).describe('Secret of the share link.') }))
    .output(SharedThread)
    .query(({ ctx, input }) => {
      ctx.throttle.view();
      return viewShare(ctx.core, input.token);
    }),
});
