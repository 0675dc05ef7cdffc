import type { Material } from '../chat/material.ts';

/** States the results of table queries without a model, with the queries. `reason` says why no model answers. */
export function tableAnswer({ computed = [], tableQueries }: Material, reason: string | null): string {
  const statements = computed.map(({ statement, sources }) => `${statement}${sources.map((n) => ` [${n}]`).join('')}`);
  const queries = [...new Set(tableQueries.map(({ sql }) => sql))];
  const fence = longestRun(queries, '`');
  const shown = `${fence}sql\n${queries.join(';\n')}\n${fence}`;
  const intro = reason === null ? '' : `${reason} `;
  return `${intro}${statements.join('\n\n')}\n\n${shown}`;
}

/** A fence longer than any in the texts, at least three characters. */
function longestRun(texts: readonly string[], character: string): string {
  let longest = 2;
  let run = 0;
  for (const each of texts.join('\n')) {
    run = each === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return character.repeat(longest + 1);
}
