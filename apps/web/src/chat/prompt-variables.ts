const VARIABLE = /\{\{ ?([\p{L}\p{N}_ -]{1,60}?) ?\}\}/gu;

/** Names in `{{double braces}}`, each once, in order. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))];
}

export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) => values[name] ?? whole);
}
