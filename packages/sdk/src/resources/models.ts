import type { ModelList, PullProgress } from '@lorebox/contract/model';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';

/** Available language models. */
export class Models {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Lists the models and the status of each provider.
   * @example
   * const { models, providers } = await lorebox.models.list();
   */
  list(options?: CallOptions): Promise<ModelList> {
    return this.caller.run((request) => this.caller.client.models.list.query(undefined, request), options);
  }

  /**
   * Downloads a model and reports the progress.
   * @example
   * try {
   *   for await (const { status } of lorebox.models.pull('ollama:all-minilm')) console.log(status);
   * } catch (error) {
   *   console.log(String(error)); // no Ollama here
   * }
   */
  pull(id: string, { signal }: { signal?: AbortSignal | undefined } = {}): AsyncIterable<PullProgress> {
    return this.caller.subscribe<PullProgress, PullProgress>(
      (handlers) => this.caller.client.models.pull.subscribe({ id }, handlers),
      (progress) => progress,
      { signal, isReopened: false },
    );
  }
}
