const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
let lastTime = 0;
let counter = 0;

/**
 * Creates an id that sorts by creation time: 48 bits of milliseconds, a 20-bit counter within the millisecond, 60
 * random bits. The counter keeps the ids of one process strictly increasing.
 */
export function createId(prefix: string, now = Date.now()): string {
  if (now > lastTime) {
    lastTime = now;
    counter = 0;
  } else {
    counter += 1;
  }
  const random = crypto.getRandomValues(new Uint8Array(12));
  let tail = '';
  for (const byte of random) tail += ALPHABET[byte & 31];
  return `${prefix}_${base32(lastTime, 10)}${base32(counter, 4)}${tail}`;
}

function base32(value: number, length: number): string {
  let out = '';
  let rest = value;
  for (let i = 0; i < length; i += 1) {
    out = ALPHABET[rest % 32] + out;
    rest = Math.floor(rest / 32);
  }
  return out;
}
