import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { walkJson } from '../json-reader.ts';
import { addNotebook } from './notebook.ts';
import { addParagraphs } from './text.ts';

const LONG_BLOCK = 2000;

interface Level {
  kind: 'object' | 'array';
  key: string | undefined;
  /** Primitive values of an array, joined into one line when it closes. */
  values: string[];
}

/** Adds "path: value" lines. Each item of a top-level array (or of an array directly below the top) is a block. */
function addJson(document: DocumentBuilder, text: string, maxDepth: number): boolean {
  const levels: Level[] = [];
  let lines: string[] = [];
  let size = 0;
  let isEmpty = false;
  const flush = () => {
    document.add('paragraph', lines.join('\n'));
    lines = [];
    size = 0;
  };
  const pathTo = (key: string | undefined) => {
    const names = levels.map((level) => level.key).filter((name) => name !== undefined);
    if (key !== undefined) names.push(key);
    return names.slice(-12).join('.');
  };
  const push = (path: string, value: string) => {
    if (value.trim() === '') return;
    const line = path ? `${path}: ${value}` : value;
    lines.push(line);
    size += line.length;
    if (size > LONG_BLOCK) flush();
  };
  return walkJson(
    text,
    {
      open(kind, key, depth) {
        isEmpty = true;
        const parent = levels[levels.length - 1];
        if (parent && parent.values.length > 0) push(pathTo(undefined), parent.values.splice(0).join(', '));
        if (depth <= 1 && kind === 'object' && (parent === undefined || parent.kind === 'array')) flush();
        levels.push({ kind, key, values: [] });
      },
      close(kind, depth) {
        const level = levels[levels.length - 1] as Level;
        if (isEmpty && levels.length > 1) push(pathTo(undefined), kind === 'array' ? '[]' : '{}');
        isEmpty = false;
        if (level.values.length > 0) push(pathTo(undefined), level.values.join(', '));
        levels.pop();
        const parent = levels[levels.length - 1];
        if (depth === 0 || (parent?.kind === 'array' && depth <= 2 && kind === 'object')) flush();
      },
      value(value, key) {
        isEmpty = false;
        const level = levels[levels.length - 1];
        if (level?.kind !== 'array') push(pathTo(key), value);
        else if (value.length > 80) push(pathTo(undefined), value);
        else if (level.values.push(value) >= 100) push(pathTo(undefined), level.values.splice(0).join(', '));
        if (levels.length === 0) flush();
      },
    },
    maxDepth,
  );
}

export const jsonParser = defineFormat({
  formats: ['json'],
  extensions: ['json', 'jsonl', 'ndjson', 'geojson', 'ipynb', 'webmanifest'],
  parse(_bytes, { document, filename, limits, readText }) {
    const text = readText();
    if (/\.ipynb$/i.test(filename) && addNotebook(document, text)) return;
    // The first pass only validates, so that a file that is not JSON doesn't leave half of its lines behind.
    const nothing = { open() {}, close() {}, value() {} };
    if (walkJson(text, nothing, limits.maxDepth)) {
      addJson(document, text, limits.maxDepth);
      return;
    }
    document.warn('This file is not valid JSON, so it was read as plain text.');
    addParagraphs(document, text);
  },
});
