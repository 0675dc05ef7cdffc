import type { Metadata } from '@lorebox/contract/document';

const MAX_KEYS = 50;

/** Adds what the file says about itself under names that the sender doesn't use. The values of the sender stay. */
export function mergeMetadata(fileMetadata: Readonly<Record<string, string>>, given: Metadata): Metadata {
  const merged: Metadata = { ...given };
  let room = MAX_KEYS - Object.keys(given).length;
  for (const [name, value] of Object.entries(fileMetadata)) {
    if (Object.hasOwn(given, name) || name === '' || name.length > 100) continue;
    if (room-- <= 0) break;
    merged[name] = value.slice(0, 2000);
  }
  return merged;
}
