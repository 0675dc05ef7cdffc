import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVault } from './vault.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lorebox-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the vault', () => {
  it('decrypts what it encrypted, also after a restart', () => {
    const sealed = createVault(folder).seal('whsec_ä');
    expect(sealed).not.toContain('whsec');
    expect(createVault(folder).open(sealed)).toBe('whsec_ä');
  });

  it('encrypts the same text differently each time, and protects its key file', () => {
    const vault = createVault(folder);
    expect(vault.seal('a')).not.toBe(vault.seal('a'));
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  });

  it('rejects modified or truncated data and data encrypted with another key', () => {
    const vault = createVault(folder);
    const bytes = Buffer.from(vault.seal('secret'), 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(() => vault.open(bytes.toString('base64'))).toThrow();
    expect(() => vault.open('AAAA')).toThrow();
    const sealed = vault.seal('secret');
    rmSync(join(folder, 'secret.key'));
    expect(() => createVault(folder).open(sealed)).toThrow();
  });

  it('signs, and rejects other texts, signatures and keys', () => {
    const vault = createVault(folder);
    const signature = vault.sign('a');
    expect(signature).toMatch(/^[\w-]{43}$/);
    expect(createVault(folder).verify('a', signature)).toBe(true);
    expect([vault.verify('b', signature), vault.verify('a', ''), vault.verify('a', `${signature}AA`)]).toEqual([
      false,
      false,
      false,
    ]);
    rmSync(join(folder, 'secret.key'));
    expect(createVault(folder).verify('a', signature)).toBe(false);
  });

  it('does not replace a damaged key', () => {
    writeFileSync(join(folder, 'secret.key'), '');
    expect(() => createVault(folder)).toThrow(/contains no key/);
  });
});
