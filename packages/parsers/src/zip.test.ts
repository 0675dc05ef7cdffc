import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';
import { failureOf, parse, zip } from './testing/parse.ts';
import { openZip } from './zip.ts';

/** Overwrites a size in the directory. */
function claimSize(file: Uint8Array, size: number): Uint8Array {
  const lying = file.slice();
  const view = new DataView(lying.buffer);
  for (let at = 0; at + 46 < lying.byteLength; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
  }
  return lying;
}

describe('openZip', () => {
  it('rejects too many entries before unpacking', async () => {
    const many = zip(Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}`, ''])));
    expect((await failureOf(parse(many, 'a.docx', { maxZipEntries: 10 }))).reason).toBe('too-large');
  });

  it('rejects bombs by their directory, and by inflating if the directory lies', () => {
    const bomb = zip({ 'word/document.xml': new Uint8Array(40 * 1024 * 1024) });
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(() => openZip(bomb, DEFAULT_LIMITS)).toThrowError(/far more data/);
    const liar = openZip(claimSize(bomb, 10), DEFAULT_LIMITS);
    expect(() => liar.read('word/document.xml')).toThrowError(/far more data/);
  });

  it('counts the unpacked size across entries', () => {
    const half = new Uint8Array(600);
    const file = openZip(claimSize(zip({ a: half, b: half }), 1), { ...DEFAULT_LIMITS, maxUnpackedBytes: 1000 });
    expect(file.read('a')?.byteLength).toBe(600);
    expect(() => file.read('b')).toThrowError(/far more data/);
  });

  it('reads a valid file, whatever its names, and rejects a truncated one', () => {
    const file = zip({ '../../etc/passwd': 'text', 'ü/x': 'y' });
    expect(Buffer.from(openZip(file, DEFAULT_LIMITS).read('../../etc/passwd') ?? []).toString()).toBe('text');
    expect(() => openZip(file.subarray(0, file.byteLength - 40), DEFAULT_LIMITS)).toThrowError(/damaged/);
  });

  it('reads names in UTF-8 and in the code page of DOS', () => {
    const packed = Buffer.from(zip({ 'M1.txt': 'a' })).toString('latin1');
    const named = Buffer.from(packed.replaceAll('M1.txt', 'M\x81.txt'), 'latin1');
    expect([...openZip(named, DEFAULT_LIMITS).entries.keys()]).toEqual(['Mü.txt']);
  });
});
