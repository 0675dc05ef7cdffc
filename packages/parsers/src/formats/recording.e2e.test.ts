import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParseFailure, ParseProgress } from '@lorebox/ports/parser';
import { shippedSpeechModel } from '@lorebox/speech-model';
import { startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParserPool } from '../pool.ts';
import { buildWav, tone } from '../testing/sound.ts';

const spoken = (ending: string) => join(import.meta.dirname, `../testing/speech/spoken.${ending}`);
const options = { modelPath: shippedSpeechModel.modelPath, language: 'en' };
const pool = createParserPool({ speech: options });
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lorebox-sound-'));
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

function write(name: string, bytes: Uint8Array): { path: string; filename: string } {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, filename: name };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: ParseFailure) => error,
  );

describe('a recording', { timeout: 60_000 }, () => {
  it.each(['ogg', 'm4a'])('of speech becomes text, with a timestamp for each sentence (%s)', async (ending) => {
    const seen: ParseProgress[] = [];
    const request = { path: spoken(ending), filename: `talk.${ending}` };
    const document = await pool.parse(request, undefined, (progress) => seen.push(progress));
    expect(document.text).toMatch(/lighthouse keeper asked for \w+ cans of paint/i);
    expect(document.duration).toBeCloseTo(9.8, 0);
    expect(document.pageCount).toBeUndefined();
    expect(seen).toEqual([{ page: 1, pageCount: 1, unit: 'minute' }]);
    expect(document.blocks.length).toBe(2);
    const [first, second] = document.blocks;
    expect(document.text.slice(second?.start, second?.end)).toMatch(/^the harbou?r closes at noon on friday/i);
    expect(first?.startTime).toBeLessThan(1);
    expect(first?.endTime).toBeLessThan(4.5);
    expect(second?.startTime).toBeGreaterThan(5.5);
    expect(second?.endTime).toBeLessThanOrEqual(document.duration ?? 0);
  });

  it.each([
    ['silence', () => 0],
    ['a steady tone', tone(440, 0.3)],
    ['noise', () => (Math.random() - 0.5) * 0.2],
  ])('of %s has no speech, and none is invented', async (name, at) => {
    const failure = await failureOf(pool.parse(write(`${name}.wav`, buildWav(4, at))));
    expect(failure).toMatchObject({ reason: 'empty', message: expect.stringMatching(/no speech was found/i) });
  });

  it.each([
    ['without samples', buildWav(0, () => 0), 'empty'],
    ['that is only a header', new Uint8Array(readFileSync(spoken('ogg')).subarray(0, 40)), 'damaged'],
    ['cut off before its table', new Uint8Array(readFileSync(spoken('m4a')).subarray(0, 8000)), 'damaged'],
    ['of nothing but its mark', new TextEncoder().encode('fLaC\0\0\0\0'), 'damaged'],
  ])('%s fails with a reason', async (name, bytes, reason) => {
    const failure = await failureOf(pool.parse(write(`${name}.bin`, bytes)));
    expect(failure).toMatchObject({ reason });
  });

  it('is aborted within a second, and the next one is read', async () => {
    const long = write(
      'long.wav',
      buildWav(300, (time) => (time % 0.5 < 0.25 ? tone(200, 0.3)(time) : 0)),
    );
    const abort = new AbortController();
    const work = failureOf(pool.parse(long, abort.signal, () => abort.abort(new Error('enough'))));
    await expect(work).resolves.toMatchObject({ message: 'enough' });
    const document = await pool.parse({ path: spoken('ogg'), filename: 'talk.ogg' });
    expect(document.format).toBe('audio');
  });

  it('fails with needs-transcription without a model', async () => {
    const without = createParserPool({ speech: { ...options, modelPath: join(folder, 'absent.bin') } });
    const failure = await failureOf(without.parse({ path: spoken('ogg'), filename: 'talk.ogg' }));
    await without.close();
    expect(failure).toMatchObject({ reason: 'needs-transcription' });
  });
});

describe('a transcription server', { timeout: 60_000 }, () => {
  it('receives the audio and returns segments with times; its error is reported', async () => {
    const fake = await startFakeOpenAi({ apiKey: 'secret' });
    const endpoint = { url: `${fake.url}/v1`, apiKey: 'secret', model: 'small-ears' };
    const remote = createParserPool({ speech: { ...options, endpoint } });
    fake.transcript = [
      { start: 0.5, end: 2, text: ' Said by a server.', no_speech_prob: 0.01, avg_logprob: -0.2 },
      { start: 2, end: 3, text: ' Thanks for watching!', no_speech_prob: 0.9, avg_logprob: -1.5 },
    ];
    const request = { path: spoken('ogg'), filename: 'talk.ogg' };
    const document = await remote.parse(request);
    expect(document.text).toBe('Said by a server.');
    expect(document.blocks[0]?.startTime).toBeCloseTo(0.5, 0);
    const body = String(fake.requests.at(-1)?.body.multipart);
    for (const field of ['small-ears', 'verbose_json', 'RIFF', '"language"']) expect(body).toContain(field);
    fake.apiKey = 'another';
    const failure = await failureOf(remote.parse(request));
    expect(failure).toMatchObject({ reason: 'needs-transcription', message: expect.stringContaining('401') });
    await remote.close();
    await fake.close();
  });
});
