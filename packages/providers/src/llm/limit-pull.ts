import { AppError } from '@lorebox/contract/errors';
import type { PullProgress } from '@lorebox/contract/model';

/** Forwards the progress until the layers in total are larger than allowed. Ending the stream ends the download. */
export async function* limitPull(
  progress: AsyncIterable<PullProgress>,
  maxBytes: number,
): AsyncGenerator<PullProgress> {
  const layers = new Map<string, number>();
  for await (const step of progress) {
    if (step.total !== null) layers.set(step.status, step.total);
    const bytes = [...layers.values()].reduce((sum, size) => sum + size, 0);
    if (bytes > maxBytes) {
      const limit = `${Math.floor(maxBytes / 1024 ** 2)} MB`;
      throw new AppError('TOO_LARGE', `The model is larger than ${limit}. An admin can raise LOREBOX_MAX_MODEL_MB.`);
    }
    yield step;
  }
}
