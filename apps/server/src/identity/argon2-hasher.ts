import type { PasswordHasher } from '@lorebox/ports/runtime';
import { hash, verify } from '@node-rs/argon2';
import { isCommonPassword } from './common-passwords.ts';

/** argon2id with 19 MiB, 2 passes and 1 lane: the OWASP minimum, about 30 ms. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Concurrent hashes. More would use memory without a speedup on a small machine. */
const MAX_PARALLEL = 2;

export function createArgon2Hasher(): PasswordHasher {
  let running = 0;
  const queue: (() => void)[] = [];
  async function limited<T>(work: () => Promise<T>): Promise<T> {
    if (running >= MAX_PARALLEL) await new Promise<void>((resolve) => queue.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      queue.shift()?.();
    }
  }
  let dummy: Promise<string> | null = null;
  return {
    hash: (password) => limited(() => hash(password, OPTIONS)),
    verify: (stored, password) =>
      limited(async () => {
        if (stored !== null) return verify(stored, password);
        dummy ??= hash('no such user', OPTIONS);
        await verify(await dummy, password);
        return false;
      }),
    isCommon: isCommonPassword,
  };
}
