import type { Preferences, Session, SignedIn, Theme, User } from '@lorebox/contract/user';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';

/** The user or API key that made the request. */
export interface Me {
  kind: 'user' | 'apiKey' | 'system';
  user: User | null;
  keyId: string | null;
}

/** Sessions for users. Programs use an API key. */
export class Auth {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Creates the first admin of a new installation, with the token that the server printed.
   * @example
   * await lorebox.auth.setup({ token: 'not-the-one', username: 'root', password: 'correct horse' })
   *   .catch((error) => console.log(error.code));
   */
  setup(input: { token: string; username: string; password: string }, options?: CallOptions): Promise<SignedIn> {
    return this.caller.run((request) => this.caller.client.auth.setup.mutate(input, request), options);
  }

  /**
   * Signs in. Use the `sessionToken` as the `apiKey` of another client.
   * @example
   * await lorebox.users.create({ username: 'ada', password: 'correct horse' });
   * const { sessionToken } = await lorebox.auth.login({ username: 'ada', password: 'correct horse' });
   */
  login(input: { username: string; password: string }, options?: CallOptions): Promise<SignedIn> {
    return this.caller.run((request) => this.caller.client.auth.login.mutate(input, request), options);
  }

  /**
   * Ends the session of this client, or all sessions of its user.
   * @example
   * await lorebox.auth.logout().catch((error) => console.log(error.code)); // FORBIDDEN: this is a key, not a session
   */
  async logout(
    { everywhere = false }: { everywhere?: boolean | undefined } = {},
    options?: CallOptions,
  ): Promise<void> {
    await this.caller.run((request) => this.caller.client.auth.logout.mutate({ everywhere }, request), options);
  }

  /**
   * Lists your sessions, newest first.
   * @example
   * await lorebox.auth.sessions().catch((error) => console.log(error.code)); // FORBIDDEN: this is a key
   */
  async sessions(options?: CallOptions): Promise<Session[]> {
    return (await this.caller.run((request) => this.caller.client.auth.sessions.query(undefined, request), options))
      .items;
  }

  /**
   * Revokes one of your sessions.
   * @example
   * await lorebox.auth.revokeSession('not-mine').catch((error) => console.log(error.code)); // FORBIDDEN: this is a key
   */
  async revokeSession(sessionId: string, options?: CallOptions): Promise<void> {
    await this.caller.run((request) => this.caller.client.auth.revokeSession.mutate({ sessionId }, request), options);
  }

  /**
   * Returns the current user or API key.
   * @example
   * const { kind } = await lorebox.auth.me(); // "apiKey"
   */
  me(options?: CallOptions): Promise<Me> {
    return this.caller.run((request) => this.caller.client.auth.me.query(undefined, request), options);
  }

  /**
   * Returns your language and theme.
   * @example
   * await lorebox.auth.preferences().catch((error) => console.log(error.code)); // FORBIDDEN: this is a key
   */
  preferences(options?: CallOptions): Promise<Preferences> {
    return this.caller.run((request) => this.caller.client.auth.preferences.query(undefined, request), options);
  }

  /**
   * Changes your language or theme.
   * @example
   * await lorebox.auth.updatePreferences({ theme: 'dark' }).catch((error) => console.log(error.code)); // FORBIDDEN: this is a key
   */
  updatePreferences(
    input: { language?: string | null | undefined; theme?: Theme | undefined },
    options?: CallOptions,
  ): Promise<Preferences> {
    return this.caller.run((request) => this.caller.client.auth.updatePreferences.mutate(input, request), options);
  }

  /**
   * Changes your password. All sessions end, and a new one is returned. Your API keys are also revoked, unless you
   * set `revokeKeys: false`.
   * @example
   * await lorebox.auth.changePassword({ current: 'correct horse', next: 'better horse' })
   *   .catch((error) => console.log(error.code)); // FORBIDDEN for a key
   */
  changePassword(
    input: { current: string; next: string; revokeKeys?: boolean | undefined },
    options?: CallOptions,
  ): Promise<SignedIn> {
    return this.caller.run((request) => this.caller.client.auth.changePassword.mutate(input, request), options);
  }
}
