import { UsageSummary, UsageSummaryInput } from '@lorebox/contract/usage';
import { summarizeUsage } from '@lorebox/core/usage/summarize-usage';
import { procedure, router } from '../trpc.ts';

export const usageRouter = router({
  summary: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/usage',
        tags: ['system'],
        scopes: ['system:read'],
        summary: 'Summarize the usage',
        description:
          'Questions, tokens and times per day, user, model or workspace. Counts stay when threads are deleted; days are kept for 400 days.',
      },
    })
    .input(UsageSummaryInput)
    .output(UsageSummary)
    .query(({ ctx, input }) => summarizeUsage(ctx.core, ctx.actor, input)),
});
