import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configPath, findProfile, readConfig, writeConfig } from './config-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lorebox-config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("is in the user's configuration folder", () => {
  expect(configPath({ LOREBOX_CONFIG: '/x.json' })).toBe('/x.json');
  expect(configPath({ XDG_CONFIG_HOME: '/c' }, 'linux')).toBe(join('/c', 'lorebox', 'config.json'));
  expect(configPath({ APPDATA: '/a' }, 'win32')).toBe(join('/a', 'lorebox', 'config.json'));
});

it('is readable only by the user', () => {
  const path = join(folder, 'new', 'config.json');
  expect(readConfig(path)).toEqual({ current: 'default', profiles: {} });
  const config = { current: 'work', profiles: { work: { url: 'http://host', apiKey: 'lbx_1' } } };
  writeConfig(config, path);
  expect(readConfig(path)).toEqual(config);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
});

it('is named in the error if it is invalid', () => {
  const path = join(folder, 'broken.json');
  writeFileSync(path, '{"profiles":');
  expect(() => readConfig(path)).toThrow(`${path} is not a valid configuration.`);
});

it('stores profiles by name', () => {
  const config = { current: 'a', profiles: { a: { url: 'http://a' }, b: { url: 'http://b' } } };
  expect(findProfile(config, undefined)?.url).toBe('http://a');
  expect(findProfile(config, 'b')?.url).toBe('http://b');
  expect(() => findProfile(config, 'c')).toThrow('Unknown profile "c". Profiles: a, b.');
  expect(findProfile({ current: 'default', profiles: {} }, undefined)).toBeNull();
});
