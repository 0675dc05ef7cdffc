import { expect, it } from 'vitest';
import { requireStrongPassword } from './require-strong-password.ts';

const common = new Set(['sunshine', 'password', '1234567890', 'qwertyuiop']);
const check = (password: string, username = 'ada.lovelace') =>
  requireStrongPassword({ isCommon: async (word) => common.has(word) }, password, username);

it.each([
  'correct horse battery',
  'sunshine over the sea',
  'Zürich-Lübeck 4711',
  '日本語のパスワード長い',
  'ada.lovelace writes notes',
])('accepts %s', async (password) => {
  await expect(check(password)).resolves.toBeUndefined();
});

it.each([
  ['Sunshine2024!', 'common'],
  ['１２３４５６７８９０', 'common'],
  ['QWERTYUIOP', 'common'],
  ['password123', 'common'],
  ['Ada.Lovelace1', 'username'],
  ['aaaaaaaaaaaa', 'different characters'],
  ['abababababab', 'different characters'],
])('rejects %s: %s', async (password, reason) => {
  await expect(check(password)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining(reason),
  });
});
