import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Vault } from '@lorebox/ports/runtime';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/**
 * Encrypts with AES-256-GCM, and signs with a key derived from the same one. The key is in `secret.key` of the data folder, is created at the first start and is
 * readable only by the owner, so a copy of the database without that file reveals no secrets.
 * @throws if the file exists but has no valid key: a new key would make existing secrets unreadable.
 */
export function createVault(dataDir: string): Vault {
  const key = readKey(join(dataDir, 'secret.key'));
  const signingKey = Buffer.from(hkdfSync('sha256', key, '', 'lorebox signatures', KEY_BYTES));
  const mac = (text: string) => createHmac('sha256', signingKey).update(text).digest();
  return {
    seal(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      return text.toString('utf8');
    },
    sign: (text) => mac(text).toString('base64url'),
    verify(text, signature) {
      const [expected, given] = [mac(text), Buffer.from(signature, 'base64url')];
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

function readKey(path: string): Buffer {
  if (!existsSync(path)) {
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  }
  chmodSync(path, 0o600);
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new Error(`${path} contains no key. Restore it from a backup of the data folder.`);
  return key;
}
