import type { SettingStore } from '@lorebox/ports/identity-stores';
import { eq, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { settingCommands } from './commands.ts';
import { settings } from './schema.ts';

export const settingEntity = defineEntity(settingCommands, (connection, writer): SettingStore => {
  const byKey = connection.orm
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, sql.placeholder('key')))
    .prepare();
  return {
    get: async (key) => byKey.get({ key })?.value ?? null,
    set: (key, value) => writer.run('settings.set', { key, value }),
    patch: (key, change) => writer.run('settings.patch', { key, change: JSON.stringify(change) }),
    remove: (key) => writer.run('settings.remove', key),
  };
});
