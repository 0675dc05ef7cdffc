import { normalizeText } from '@lorebox/contract/normalize-text';
import { TokenBuckets } from './throttle.ts';

/** Logins: a burst of ten, then one in six seconds, per account and per address; and a bound for the whole server. */
export class LoginLimits {
  private readonly byAccount = new TokenBuckets(10, 60_000);
  private readonly byAddress = new TokenBuckets(30, 60_000);
  private readonly everyone = new TokenBuckets(300, 60_000);
  /** Wrong keys and dead sessions. */
  private readonly badCredentials = new TokenBuckets(120, 60_000);

  login(address: string, account: string): void {
    this.everyone.take('all');
    this.byAddress.take(address);
    this.byAccount.take(fold(account));
  }

  succeeded(account: string): void {
    this.byAccount.refund(fold(account));
  }

  failed(address: string): void {
    this.badCredentials.take(address);
  }
}

const fold = (account: string) => normalizeText(account, 'NFKC').toLowerCase();
