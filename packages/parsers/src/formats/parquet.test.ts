import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { failureOf, parse } from '../testing/parse.ts';

const read = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../testing/parquet/${name}.parquet`, import.meta.url)));

describe('Parquet files', () => {
  it.each(['snappy', 'zstd', 'gzip'])('reads the schema and the rows, compressed with %s', async (name) => {
    const { text } = await parse(await read(name), 'a.parquet');
    expect(text.split('\n').slice(0, 3)).toEqual(['berth STRING', 'ean INT64', 'fee DOUBLE']);
    expect(text.split('\n').slice(-4)).toEqual([
      'berth | ean | fee | day | at | tags | ok | price',
      'B7 | 4006381333931 | 12.5 | 2024-04-10 | 2024-04-10 01:44 | a, b | true | 1234.5',
      'B8 | 9007199254740993 | 3 | 2024-04-10 | 2024-04-10 01:44 | | false | 1234.5',
      '| 7 | | 2024-04-10 | 2024-04-10 01:44 | | | 1234.5',
    ]);
  });

  it('fails for a cut file', async () => {
    const file = await read('zstd');
    expect((await failureOf(parse(file.slice(0, 600), 'a.parquet'))).reason).toBe('damaged');
  });
});
