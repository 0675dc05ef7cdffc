import { readFile } from 'node:fs/promises';
import type { ParsedDocument } from '@lorebox/ports/parser';
import { parse } from './parse.ts';

/** Parses a file of a case in testing/cases. */
export async function parseCase(name: string, file: string): Promise<ParsedDocument> {
  return parse(new Uint8Array(await readFile(new URL(`./cases/${name}/${file}`, import.meta.url))), file);
}

/** Returns the table rows as cells. Cells of the cases contain no bars. */
export function listRows({ text, blocks }: ParsedDocument): string[][] {
  return blocks
    .filter(({ kind }) => kind === 'table-row')
    .map(({ start, end }) =>
      text
        .slice(start, end)
        .split('|')
        .map((cell) => cell.trim()),
    );
}
