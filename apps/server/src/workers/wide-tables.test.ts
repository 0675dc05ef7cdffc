import { readFile } from 'node:fs/promises';
import { chunkText } from '@lorebox/core/ingest/chunk-text';
import { parseBytes } from '@lorebox/parsers/parse-file';
import { expect, it } from 'vitest';

const CASE = new URL('../../../../packages/parsers/src/testing/cases/08-xlsx-wide/sensors.xlsx', import.meta.url);

async function readChunks() {
  const { text, blocks } = await parseBytes(new Uint8Array(await readFile(CASE)), 'sensors.xlsx');
  const countTokens = (piece: string) => (piece.match(/\w{1,6}|[^\s\w]/g) ?? []).length;
  return chunkText(text, blocks, { maxTokens: 400, countTokens }).map((chunk) => ({
    section: chunk.section ?? '',
    lines: text.slice(chunk.start, chunk.end).split('\n'),
    page: chunk.page,
  }));
}

it('names the columns of the values in every chunk of a wide sheet', async () => {
  const chunks = (await readChunks()).filter(({ page }) => page === 1);
  let values = 0;
  for (const { section, lines } of chunks) {
    const names = section.split(' > ').at(-1)?.split(' | ') ?? [];
    for (const line of lines) {
      const cells = line.split(' | ');
      const station = cells[0]?.match(/^[A-Z]/) ? cells[0] : /Station: (\w+)/.exec(section)?.[1];
      if (!['Alpha', 'Bravo', 'Charlie'].includes(station ?? '') || line.includes('Sensor')) continue;
      const first = { Alpha: 10, Bravo: 20, Charlie: 30 }[station as 'Alpha'];
      for (const [index, cell] of cells.entries()) {
        const sensor = Number(/Sensor (\d+)/.exec(names[index] ?? '')?.[1] ?? 0);
        if (sensor === 0) continue;
        expect(Number(cell), `${station} ${names[index]}`).toBeCloseTo(first + sensor / 10, 6);
        values++;
      }
    }
  }
  expect(values).toBe(360);
});
