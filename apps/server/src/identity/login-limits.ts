import { normalizeText } from '@lorebox/contract/normalize-text';
import { TokenBuckets } from './throttle.ts';

const MINUTE_MS = 60_000;
const MAX_KNOWN_ADDRESSES = 10_000;

/**
 * Limits login attempts without letting anyone lock out other users. The address is checked first, so that one address
 * can't use up the global limit, then the account from that address, and last a limit for the whole server, which
 * exempts addresses that have signed in before.
 */
export class LoginLimits {
  private readonly byAddress = new TokenBuckets(30, MINUTE_MS);
  private readonly byAccountAndAddress = new TokenBuckets(10, MINUTE_MS);
  private readonly byEverybody = new TokenBuckets(300, MINUTE_MS);
  /** Invalid keys and expired sessions. */
  private readonly badCredentials = new TokenBuckets(120, MINUTE_MS);
  /** Views of shared threads. */
  private readonly views = new TokenBuckets(60, MINUTE_MS);
  /** Oldest first. */
  private readonly knownAddresses = new Set<string>();

  /** @throws AppError RATE_LIMITED. */
  login(address: string, account: string): void {
    this.byAddress.take(address);
    this.byAccountAndAddress.take(nameOf(address, account));
    if (!this.knownAddresses.has(address)) this.byEverybody.take('everybody');
  }

  /** Restores the attempts for the account, and one attempt for the address. */
  succeeded(address: string, account: string): void {
    this.byAddress.giveBack(address);
    this.byAccountAndAddress.refund(nameOf(address, account));
    this.knownAddresses.delete(address);
    this.knownAddresses.add(address);
    if (this.knownAddresses.size <= MAX_KNOWN_ADDRESSES) return;
    for (const oldest of this.knownAddresses) {
      this.knownAddresses.delete(oldest);
      return;
    }
  }

  /** @throws AppError RATE_LIMITED after too many views of shared threads. */
  view(address: string): void {
    this.views.take(address);
  }

  /** @throws AppError RATE_LIMITED after too many invalid credentials. */
  failed(address: string): void {
    this.badCredentials.take(address);
  }
}

const nameOf = (address: string, account: string) => `${address} ${normalizeText(account, 'NFKC').toLowerCase()}`;
