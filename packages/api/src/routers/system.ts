import { SystemHealth } from '@lorebox/contract/health';
import { checkHealth } from '@lorebox/core/health/check-health';
import { procedure, router } from '../trpc.ts';

export const systemRouter = router({
  health: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/health',
        tags: ['system'],
        scopes: ['system:read'],
        summary: 'Check the health of the installation',
        description: 'What is wrong, and what to do. Errors come first.',
      },
    })
    .output(SystemHealth)
    .query(({ ctx }) => checkHealth(ctx.core, ctx.actor)),
});
