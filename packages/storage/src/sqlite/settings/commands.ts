import { eq } from '../../drizzle.ts';
import type { WriteContext } from '../writer/context.ts';
import { settings } from './schema.ts';

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
