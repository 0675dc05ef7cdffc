import { readFileSync } from 'node:fs';

/** Returns the code blocks of one language in a Markdown file, in order. */
export function readExamples(file: string, language: string): string[] {
  const blocks = readFileSync(file, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, name, code]) => (name === language && code !== undefined ? [code] : []));
}
