import type { ModelList, ModelServer, ModelTest, PullProgress } from '@lorebox/contract/model';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { SetModelServerInput } from '../inputs.ts';

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
   * Asks a model one short question, to see whether it works and how fast it is.
   * @example
   * const { ok, totalMs, problem } = await lorebox.models.test('ollama:llama3.2');
   */
  test(model: string, options?: CallOptions): Promise<ModelTest> {
    return this.caller.run((request) => this.caller.client.models.test.mutate({ model }, request), options);
  }

  /**
   * Returns the OpenAI-compatible server with chat models, without its API key.
   * @example
   * const { url, hasApiKey } = await lorebox.models.server();
   */
  server(options?: CallOptions): Promise<ModelServer> {
    return this.caller.run((request) => this.caller.client.models.server.query(undefined, request), options);
  }

  /**
   * Sets the OpenAI-compatible server with chat models. Takes effect immediately.
   * @example
   * await lorebox.models.setServer({ url: null }); // use LOREBOX_OPENAI_URL again
   */
  setServer(input: SetModelServerInput, options?: CallOptions): Promise<ModelServer> {
    return this.caller.run((request) => this.caller.client.models.setServer.mutate(input, request), options);
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
