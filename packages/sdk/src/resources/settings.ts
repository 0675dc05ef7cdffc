import type { Logo } from '@lorebox/contract/branding';
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

  /**
   * Sets the logo of the web app: PNG, JPEG, WebP or SVG in base 64.
   * @example
   * const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
   * const { logoUrl } = await lorebox.settings.setLogo(btoa(svg));
   */
  setLogo(data: string, options?: CallOptions): Promise<Logo> {
    return this.caller.run((request) => this.caller.client.settings.setLogo.mutate({ data }, request), options);
  }

  /**
   * Removes the logo.
   * @example
   * await lorebox.settings.removeLogo();
   */
  async removeLogo(options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.settings.removeLogo.mutate(undefined, request), options);
  }
}
