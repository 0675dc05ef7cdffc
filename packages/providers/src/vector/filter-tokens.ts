import { createHash } from 'node:crypto';
import type { VectorMetadata } from '@lorebox/ports/vector-backend';

/**
 * Returns a metadata pair as 32 hex digits. A list of these tokens works as a filter in every backend, whatever types,
 * quotes and dots the names and values have, and no metadata is sent in plain text.
 */
export function filterTokens(metadata: VectorMetadata = {}): string[] {
  return Object.entries(metadata).map(([name, value]) => {
    const pair = JSON.stringify([name, typeof value === 'boolean' ? Number(value) : value]);
    return createHash('sha256').update(pair).digest('hex').slice(0, 32);
  });
}
