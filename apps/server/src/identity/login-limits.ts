import { normalizeText } from '@lorebox/contract/normalize-text';
import { TokenBuckets } from './throttle.ts';

const MINUTE_MS = 60_000;
const MAX_KNOWN_ADDRESSES = 10_000;

/**
 * Tries to sign in, so bounded that nobody can use the bounds to keep somebody else out. The address comes first, so that one
 * address can't use up what is counted for all; then the account from that address; and last a bound for the whole server,
 * which passes over addresses from which somebody has signed in.
 */
export class LoginLimits {
  private readonly byAddress = new TokenBuckets(30, MINUTE_MS);
  private readonly byAccountAndAddress = new TokenBuckets(10, MINUTE_MS);
  private readonly byEverybody = new TokenBuckets(300, MINUTE_MS);
  /** Wrong keys and dead sessions. */
  private readonly badCredentials = new TokenBuckets(120, MINUTE_MS);
  /** Oldest first. */
  private readonly knownAddresses = new Set<string>();

  /** @throws AppError RATE_LIMITED. */
  login(address: string, account: string): void {
    this.byAddress.take(address);
    this.byAccountAndAddress.take(nameOf(address, account));
    if (!this.knownAddresses.has(address)) this.byEverybody.take('everybody');
  }

  /** The tries for the account are given back, and this one to the address. */
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

  /** @throws AppError RATE_LIMITED after too many credentials that are not good. */
  failed(address: string): void {
    this.badCredentials.take(address);
  }
}

const nameOf = (address: string, account: string) => `${address} ${normalizeText(account, 'NFKC').toLowerCase()}`;
