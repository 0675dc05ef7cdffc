import { describe, expect, it } from 'vitest';
import { startFakeOllama } from './fake-ollama.ts';
import { answerFromSources, readSource, splitWords } from './fake-reply.ts';
import { hashVector } from './hash-vectors.ts';

const SOURCES = `Sources. Each starts with a line "aabbccdd NUMBER: title".

aabbccdd 2: Notes
Nothing here.

aabbccdd 1: Manual, page 3
The pump is serviced every 14.5 weeks. It is blue.
More of it.

Question: How often?`;

describe('the default answer', () => {
  it('is the first sentence of source 1 with its citation', () => {
    const request = { messages: [{ role: 'user', content: SOURCES }] };
    expect(answerFromSources(request)).toBe('The pump is serviced every 14.5 weeks. [1].');
    const parts = { messages: [{ role: 'user', content: [{ type: 'text', text: SOURCES }] }] };
    expect(answerFromSources(parts)).toBe(answerFromSources(request));
  });

  it('can be made of any source', () => {
    expect([readSource(SOURCES, 1), readSource(SOURCES, 2), readSource(SOURCES, 3)]).toEqual([
      'The pump is serviced every 14.5 weeks. It is blue.\nMore of it.',
      'Nothing here.',
      null,
    ]);
  });

  it('states that there are no sources', () => {
    expect(answerFromSources({ messages: [{ role: 'user', content: 'Hi [1]' }] })).toMatch(/no sources/);
  });

  it('is split into words that join to the same text', () => {
    for (const text of ['one two\n\nthree ', '', ' a']) expect(splitWords(text).join('')).toBe(text);
  });
});

it('texts that share words have similar vectors, and equal texts have equal vectors', () => {
  const [pump, service, other] = ['the blue pump', 'a blue pump today', 'invoices of march'].map((text) =>
    hashVector(text, 128),
  );
  const dot = (left: number[] = [], right: number[] = []) =>
    left.reduce((sum, value, n) => sum + value * (right[n] ?? 0), 0);
  expect(dot(pump, hashVector('the blue pump', 128))).toBeCloseTo(1);
  expect(dot(pump, service)).toBeGreaterThan(dot(pump, other) + 0.2);
});

it('Ollama’s other endpoints respond too', async () => {
  const fake = await startFakeOllama({ reply: 'Yes, it is.' });
  const post = async (path: string, body: object) =>
    (await fetch(`${fake.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).text();
  const model = 'llama3.2';
  expect(JSON.parse(await post('/api/generate', { model, prompt: 'x', stream: false }))).toMatchObject({
    response: 'Yes, it is.',
  });
  expect(JSON.parse(await post('/api/chat', { model, messages: [], stream: false }))).toMatchObject({
    done: true,
    message: { content: 'Yes, it is.' },
  });
  const lines = (await post('/api/generate', { model, prompt: 'x' })).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).response).join('')).toBe('Yes, it is.');
  expect(await (await fetch(`${fake.url}/api/version`)).json()).toHaveProperty('version');
  expect(await (await fetch(`${fake.url}/api/ps`)).json()).toEqual({ models: [] });
  expect(fake.aborted).toBe(0);
  await fake.close();
});
