import type { IncomingMessage } from 'node:http';
import { AppError } from '@lorebox/contract/errors';
import { watchProgress } from './progress-watch.ts';

export const STALLED_MESSAGE = 'The request body stalled. Send it again.';

export interface ReadOptions {
  maxBytes: number;
  /** Maximum time without progress, after which the body counts as stalled. */
  idleMs: number;
  /** Called for each chunk as it arrives. Reading stops if it throws. */
  onChunk?(chunk: Buffer): void;
}

/**
 * Reads the whole body of a request from the socket. A body that is too large is not buffered.
 * @throws AppError TOO_LARGE, TIMEOUT for a stalled body, CANCELLED when the client disconnected.
 */
export function readBytes(incoming: IncomingMessage, { maxBytes, idleMs, onChunk }: ReadOptions): Promise<Buffer> {
  const tooLarge = () =>
    new AppError(
      'TOO_LARGE',
      `Request body too large: the limit is ${sizeOf(maxBytes)}. Upload large content as files.`,
    );
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (announced > maxBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const progress = watchProgress(idleMs, () => end(new AppError('TIMEOUT', STALLED_MESSAGE)));
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      progress.count(chunk.length);
      if (size > maxBytes) {
        end(tooLarge());
        return;
      }
      try {
        onChunk?.(chunk);
      } catch (error) {
        end(error);
        return;
      }
      chunks.push(chunk);
    };
    const onEnd = () => end(null);
    const onGone = () => end(new AppError('CANCELLED', 'The connection was closed before the request was complete.'));
    const end = (error: unknown) => {
      progress.end();
      incoming.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      if (error) {
        incoming.pause();
        reject(error);
      } else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    };
    incoming.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
    if (incoming.readableEnded) end(null);
    else if (incoming.destroyed) onGone();
  });
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${Math.round(bytes / 1024 / 1024)} MB`;
}
