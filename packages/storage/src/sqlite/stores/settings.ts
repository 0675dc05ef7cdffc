import type { SettingStore } from '@lorebox/ports/identity-stores';
import { eq } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
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
  'settings.remove'({ orm }: WriteContext, key: string) {
    orm.delete(settings).where(eq(settings.key, key)).run();
  },
};

export function createSettingStore({ orm }: Connection, writer: Writer): SettingStore {
  return {
    get: async (key) => orm.select().from(settings).where(eq(settings.key, key)).get()?.value ?? null,
    set: (key, value) => writer.run('settings.set', { key, value }),
    remove: (key) => writer.run('settings.remove', key),
  };
}
