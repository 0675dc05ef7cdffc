/** Splits at commas outside parentheses and quotes. */
function splitDefinitions(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < body.length; at++) {
    const sign = body[at] as string;
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (sign === '[') quote = ']';
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === ',' && depth === 0) {
      parts.push(body.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(body.slice(start));
  return parts.map((part) => part.trim()).filter(Boolean);
}

export interface SqliteColumn {
  name: string;
  /** The column is another name of the row id, which is stored outside the row. */
  isRowId: boolean;
}

/** Reads the columns from the SQL of a table. */
export function readColumns(sql: string): SqliteColumn[] {
  const open = sql.indexOf('(');
  const close = sql.lastIndexOf(')');
  if (open < 0 || close < open) return [];
  return splitDefinitions(sql.slice(open + 1, close))
    .filter((part) => !/^(CONSTRAINT|PRIMARY\s+KEY|UNIQUE|CHECK|FOREIGN\s+KEY)\b/i.test(part))
    .map((part) => {
      const quoted = /^(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\])/.exec(part);
      const name = quoted?.[1] ?? quoted?.[2] ?? quoted?.[3] ?? part.split(/[\s(]/, 1)[0] ?? '';
      return { name, isRowId: /\sINTEGER\s+PRIMARY\s+KEY\b/i.test(part) };
    });
}
