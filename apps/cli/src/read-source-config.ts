import { readFile } from 'node:fs/promises';
import type { ConfigValue } from '@lorebox/sdk';

/**
 * Parses settings from the command line: `depth=2`, `urls=https://a,https://b`, `token=@env:TOKEN`,
 * `key=@file:key.json`.
 */
export async function readSourceConfig(
  pairs: readonly string[],
  schema: Record<string, unknown>,
): Promise<Record<string, ConfigValue>> {
  const properties = (schema.properties ?? {}) as Record<string, { type?: string }>;
  const config: Record<string, ConfigValue> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new Error(`Invalid setting "${pair}". Use key=value.`);
    const key = pair.slice(0, at);
    config[key] = toValue(await readText(pair.slice(at + 1)), properties[key]?.type);
  }
  return config;
}

/** Reads a value from the environment or a file, which keeps secrets out of the shell history and the process list. */
async function readText(text: string): Promise<string> {
  const [, kind, name = ''] = /^@(env|file):(.+)$/s.exec(text) ?? [];
  if (kind === 'file') return (await readFile(name, 'utf8')).trim();
  if (kind !== 'env') return text;
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set.`);
  return value;
}

function toValue(text: string, type: string | undefined): ConfigValue {
  if (type === 'integer' || type === 'number')
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  if (type === 'boolean')
    return /^(true|yes|on|1)$/i.test(text) ? true : /^(false|no|off|0)$/i.test(text) ? false : text;
  if (type !== 'array') return text;
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
