import type { Settings } from '@lorebox/contract/settings';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { UpdateSettingsInput } from '../inputs.ts';

/** Settings that admins can change while the server runs. */
export class SettingsResource {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Returns the current settings.
   * @example
   * const { defaultModel, requestsPerMinutePerKey } = await lorebox.settings.get();
   */
  get(options?: CallOptions): Promise<Settings> {
    return this.caller.run((request) => this.caller.client.settings.get.query(undefined, request), options);
  }

  /**
   * Changes settings. Omitted settings keep their value; null resets a setting to its environment variable.
   * @example
   * await lorebox.settings.update({ eventRetentionDays: 90 });
   */
  update(changes: UpdateSettingsInput, options?: CallOptions): Promise<Settings> {
    return this.caller.run((request) => this.caller.client.settings.update.mutate(changes, request), options);
  }
}
