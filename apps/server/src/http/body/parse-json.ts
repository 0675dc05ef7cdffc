import { AppError } from '@lorebox/contract/errors';
import { scanJson } from './scan-json.ts';

/**
 * Returns undefined for an empty body. @throws AppError BAD_REQUEST if the text is not UTF-8 JSON, or has too many
 * values or levels.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  scanJson(bytes);
  const text = decode(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('BAD_REQUEST', `The request body is not valid JSON: ${reason}`, { cause });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'The request body is not valid UTF-8.', { cause });
  }
}
