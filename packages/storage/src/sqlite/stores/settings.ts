import type { SettingStore } from '@lorebox/ports/identity-stores';
import { eq, sql } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { prepareSelect } from '../prepared.ts';
import { settings } from '../schema/identity.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';

export const settingCommands = {
  'settings.set'({ orm }: WriteContext, input: { key: string; value: string }) {
    orm
      .insert(settings)
      .values(input)
      .onConflictDoUpdate({ target: settings.key, set: { value: input.value } })
      .run();
  },
  'settings.patch'({ raw }: WriteContext, { key, change }: { key: string; change: string }) {
    const sql =
      "insert into settings (key, value) values (?, json_patch('{}', ?)) " +
      'on conflict (key) do update set value = json_patch(value, ?)';
    raw.prepare(sql).run(key, change, change);
  },
  'settings.remove'({ orm }: WriteContext, key: string) {
    orm.delete(settings).where(eq(settings.key, key)).run();
  },
};

export function createSettingStore(connection: Connection, writer: Writer): SettingStore {
  const byKey = prepareSelect(
    connection,
    connection.orm
      .select({ value: settings.value })
      .from(settings)
      .where(eq(settings.key, sql.placeholder('key'))),
  );
  return {
    get: async (key) => byKey.get({ key })?.value ?? null,
    set: (key, value) => writer.run('settings.set', { key, value }),
    patch: (key, change) => writer.run('settings.patch', { key, change: JSON.stringify(change) }),
    remove: (key) => writer.run('settings.remove', key),
  };
}
