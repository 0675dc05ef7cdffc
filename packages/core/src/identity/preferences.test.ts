import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getPreferences, updatePreferences } from './preferences.ts';

let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
});
afterEach(() => test.close());

it('are kept per user, field by field', async () => {
  const [vera, edgar] = [await test.addUser('vera'), await test.addUser('edgar')];
  expect(await getPreferences(test.core, vera)).toEqual({ language: null, theme: 'system' });
  expect(await updatePreferences(test.core, vera, { language: 'pt-BR' })).toEqual({
    language: 'pt-BR',
    theme: 'system',
  });
  expect(await updatePreferences(test.core, vera, { theme: 'dark' })).toEqual({ language: 'pt-BR', theme: 'dark' });
  expect(await updatePreferences(test.core, vera, { language: null })).toEqual({ language: null, theme: 'dark' });
  expect(await updatePreferences(test.core, vera, {})).toEqual({ language: null, theme: 'dark' });
  expect(await getPreferences(test.core, edgar)).toEqual({ language: null, theme: 'system' });
});

it('keys have none', async () => {
  const key = test.keyActor(['*']);
  await expect(getPreferences(test.core, key)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(updatePreferences(test.core, key, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('are not part of the user', async () => {
  const vera = await test.addUser('vera');
  await updatePreferences(test.core, vera, { theme: 'dark' });
  const user = await test.stores.users.get(vera.userId);
  expect(user).not.toHaveProperty('theme');
  expect((await test.stores.users.list({ limit: 10 })).items[0]).not.toHaveProperty('language');
});
