import { expect, it } from 'vitest';
import { AppError } from './errors.ts';
import { hidePlaces } from './hide-places.ts';

it.each([
  ['Ollama at http://10.0.0.7:11434/api failed.', 'Ollama at (address) failed.'],
  ['connect ECONNREFUSED 127.0.0.1:11434', 'connect ECONNREFUSED (address)'],
  ['connect ECONNREFUSED ::1:11434', 'connect ECONNREFUSED (address)'],
  ['getaddrinfo ENOTFOUND gpu-box.intranet:8080', 'getaddrinfo ENOTFOUND (address)'],
  ['open "/root/.ollama/models/blobs/sha256-ab": no such file', 'open "…/sha256-ab": no such file'],
  ['(C:\\models\\x.gguf) is damaged', '(…/x.gguf) is damaged'],
  ['at 192.168.1.9, it said', 'at (address), it said'],
])('%s', (text, expected) => {
  expect(hidePlaces(text)).toBe(expected);
});

it.each([
  'The model "ollama:llama3.2" needs 5.5 GB; and/or use `ollama pull llama3.2:1b`. Ratio 3:10.',
  'The URL usually ends with /v1.',
  '',
])('does not change other words: %s', (text) => {
  expect(hidePlaces(text)).toBe(text);
});

it('runs in linear time', () => {
  for (const piece of ['/', ':', '.', '[', '1.', 'a:', '\\', "'"])
    expect(hidePlaces(piece.repeat(1_000_000)).length).toBeGreaterThan(0);
});

it('is applied to all provider errors', () => {
  expect(new AppError('MODEL_FAILED', 'x failed at http://10.0.0.1').message).toBe('x failed at (address)');
  expect(new AppError('URL_REFUSED', 'http://10.0.0.1 is private').message).toBe('http://10.0.0.1 is private');
});
