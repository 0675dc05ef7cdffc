import { expect, it } from 'vitest';
import { describeNames, findProvider } from './provider-names.ts';

const providers = { shipped: { argument: null }, ollama: { argument: 'MODEL' }, gguf: { argument: 'FILE' } };

it.each([
  ['shipped', 'shipped', ''],
  ['ollama:nomic-embed-text:v1.5', 'ollama', 'nomic-embed-text:v1.5'],
  ['gguf:a.gguf', 'gguf', 'a.gguf'],
] as const)('%s', (name, id, model) => {
  expect(findProvider(providers, name)).toEqual({ provider: providers[id], model });
});

it.each(['', 'ollama', 'ollama:', 'shipped:x', 'constructor', 'Ollama:x'])('finds no provider for "%s"', (name) => {
  expect(findProvider(providers, name)).toBeNull();
});

it('lists the names', () => {
  expect(describeNames(providers)).toBe('"shipped", "ollama:MODEL" or "gguf:FILE"');
  expect(describeNames({ http: { argument: 'MODEL' } }, ['off'])).toBe('"off" or "http:MODEL"');
});
