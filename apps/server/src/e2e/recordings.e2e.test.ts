import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const WORKSPACE = 'talks';
const SPOKEN = join(import.meta.dirname, '../../../../packages/parsers/src/testing/speech/spoken.ogg');
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  server = await startLorebox({ env: { LOREBOX_EMBEDDER: 'shipped', LOREBOX_SPEECH_LANGUAGE: 'en' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.api.workspaces.create.mutate({ name: 'Talks' });
});
afterAll(() => server.dispose());

const until = (id: string, wanted: (document: Document) => boolean) =>
  expect.poll(async () => wanted(await lorebox.documents.get(id)), { timeout: 60_000, interval: 50 }).toBe(true);

describe('a recording', () => {
  it('is transcribed, found and cited with a timestamp, and can be played from there', async () => {
    const data = new Blob([new Uint8Array(readFileSync(SPOKEN))]);
    const { documents } = await lorebox.documents.upload(WORKSPACE, [{ name: 'talk.ogg', data }]);
    const id = documents[0]?.id ?? '';
    const told = new Set<string | null>();
    await until(id, ({ status, message }) => {
      told.add(message);
      return status !== 'processing';
    });
    const document = await lorebox.documents.get(id);
    expect(document).toMatchObject({ status: 'ready', format: 'audio', pages: null, message: null });
    expect(document.duration).toBeCloseTo(9.8, 0);
    expect(told).toContain('Transcribing minute 1 of 1');

    const { hits } = await lorebox.api.search.query({ workspace: WORKSPACE, query: 'closes at noon', mode: 'keyword' });
    expect(hits[0]).toMatchObject({ documentId: id, page: null });
    expect(hits[0]?.startTime).toBeLessThan(1);
    expect(hits[0]?.endTime).toBeGreaterThan(9);
    const chunks = await lorebox.api.documents.chunks.query({ documentId: id });
    expect(chunks.items[0]).toMatchObject({ startTime: hits[0]?.startTime, endTime: hits[0]?.endTime });

    const question = 'When does the harbour close on Friday?';
    const answer = await lorebox.ask({ workspace: WORKSPACE, question }).final();
    const [citation] = answer.citations;
    expect(citation?.text).toMatch(/closes at noon/);
    expect(citation?.startTime).toBeGreaterThan(5.5);

    const headers = { authorization: `Bearer ${server.apiKey}`, range: 'bytes=0-3' };
    const part = await fetch(`${server.url}/v1/documents/${id}/content`, { headers });
    expect([part.status, await part.text()]).toEqual([206, 'OggS']);
  });

  it('that is silent becomes a failed document with a reason', async () => {
    const wav = Buffer.alloc(44 + 64_000);
    wav.write(
      'RIFF\x24\xfa\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\0\xfa\0\0',
      0,
      'latin1',
    );
    const file = { name: 'silence.wav', data: new Blob([new Uint8Array(wav)]) };
    const { documents } = await lorebox.documents.upload(WORKSPACE, [file]);
    const id = documents[0]?.id ?? '';
    await until(id, ({ status }) => status === 'failed');
    expect(await lorebox.documents.get(id)).toMatchObject({ reason: 'empty', duration: null });
  });
});
