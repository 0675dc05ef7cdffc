import type { SettingStore } from '@lorebox/ports/identity-stores';
import { eq, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import type { Writer } from '../writer/writer.ts';
import { settings } from './schema.ts';

export function createSettingStore(connection: Connection, writer: Writer): SettingStore {
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
}
