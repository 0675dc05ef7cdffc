import { Settings, UpdateSettingsInput } from '@lorebox/contract/settings';
import { getSettings, updateSettings } from '@lorebox/core/settings/settings';
import { procedure, router } from '../trpc.ts';

const tags = ['settings'];

export const settingsRouter = router({
  get: procedure
    .meta({
      openapi: { tags, scopes: ['settings:read'], method: 'GET', path: '/settings', summary: 'What holds now' },
    })
    .output(Settings)
    .query(({ ctx }) => getSettings(ctx.core, ctx.actor)),
  update: procedure
    .meta({
      openapi: {
        ...{ tags, scopes: ['settings:write'] },
        method: 'PATCH',
        path: '/settings',
        example: { input: { defaultModel: 'ollama:llama3.2', requestsPerMinutePerKey: 600 } },
        summary: 'Change settings; they hold at once',
        description: 'What is not named stays as it is. Null goes back to what the environment says.',
      },
    })
    .input(UpdateSettingsInput)
    .output(Settings)
    .mutation(({ ctx, input }) => updateSettings(ctx.core, ctx.actor, input)),
});
