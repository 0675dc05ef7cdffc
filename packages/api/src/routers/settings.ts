import { Logo, SetLogoInput } from '@lorebox/contract/branding';
import { Settings, UpdateSettingsInput } from '@lorebox/contract/settings';
import { removeLogo, setLogo } from '@lorebox/core/branding/logo';
import { getSettings } from '@lorebox/core/settings/get-settings';
import { updateSettings } from '@lorebox/core/settings/update-settings';
import { NoContent, procedure, router } from '../trpc.ts';

const tags = ['settings'];

export const settingsRouter = router({
  get: procedure
    .meta({
      openapi: { tags, scopes: ['settings:read'], method: 'GET', path: '/settings', summary: 'Get the settings' },
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
        summary: 'Update the settings',
        description:
          'Changes take effect immediately. Omitted settings keep their value. Null resets a setting to its environment variable.',
      },
    })
    .input(UpdateSettingsInput)
    .output(Settings)
    .mutation(({ ctx, input }) => updateSettings(ctx.core, ctx.actor, input)),
  setLogo: procedure
    .meta({
      openapi: {
        ...{ tags, scopes: ['settings:write'] },
        method: 'PUT',
        path: '/settings/logo',
        summary: 'Set the logo',
      },
    })
    .input(SetLogoInput)
    .output(Logo)
    .mutation(({ ctx, input }) => setLogo(ctx.core, ctx.actor, input)),
  removeLogo: procedure
    .meta({
      openapi: {
        ...{ tags, scopes: ['settings:write'] },
        method: 'DELETE',
        path: '/settings/logo',
        summary: 'Remove the logo',
        status: 204,
      },
    })
    .output(NoContent)
    .mutation(async ({ ctx }) => {
      await removeLogo(ctx.core, ctx.actor);
    }),
});
