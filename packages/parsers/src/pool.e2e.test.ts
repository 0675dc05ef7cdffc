import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Parser } from '@lorebox/ports/parser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createParserPool, type ParserPoolOptions } from './pool.ts';
import { drawPage } from './testing/draw-page.ts';
import { failureOf } from './testing/parse.ts';

const childModule = fileURLToPath(new URL('./testing/misbehaving-child.ts', import.meta.url));
let folder: string;
let path: string;
let open: Parser[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lorebox-pool-'));
  path = join(folder, 'stored');
  await writeFile(path, 'Some text.\n\nMore ☃ text.');
});
afterEach(async () => {
  await Promise.all(open.map((pool) => pool.close()));
  open = [];
});
afterAll(() => rm(folder, { recursive: true }));

function createPool(options: ParserPoolOptions = {}): Parser {
  const pool = createParserPool({ childModule, ...options });
  open.push(pool);
  return pool;
}

describe('createParserPool', { timeout: 30_000 }, () => {
  it('parses 16 files in parallel, each with its own result', async () => {
    const pool = createParserPool();
    open.push(pool);
    const results = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const own = join(folder, `n${index}`);
        await writeFile(own, `number ${index}. `.repeat(1 + index * 1000));
        return pool.parse({ path: own, filename: '../../x.txt' });
      }),
    );
    for (const [index, document] of results.entries()) expect(document.text.startsWith(`number ${index}.`)).toBe(true);
  });

  it('passes blocks, pages and text between processes unchanged', async () => {
    const document = await createPool().parse({ path, filename: 'a.txt' });
    expect(document).toEqual({
      text: 'Some text.\n\nMore ☃ text.',
      blocks: [
        { kind: 'paragraph', start: 0, end: 10 },
        { kind: 'paragraph', start: 12, end: 24 },
      ],
      format: 'text',
      metadata: {},
      warnings: [],
    });
  });

  it('kills a child that never finishes, and parses the next file', async () => {
    const pool = createPool({ deadlineMs: 1500, concurrency: 1 });
    const [stuck, next] = await Promise.all([
      failureOf(pool.parse({ path, filename: 'loop' })),
      pool.parse({ path, filename: 'next.txt' }),
    ]);
    expect(stuck.reason).toBe('timeout');
    expect(next.format).toBe('text');
  });

  it.each(['buffers', 'heap'])('kills a child that exceeds its memory (%s)', async (filename) => {
    const pool = createPool({ maxMemoryBytes: 200 * 1024 * 1024, concurrency: 1 });
    expect((await failureOf(pool.parse({ path, filename }))).reason).toBe('out-of-memory');
    expect((await pool.parse({ path, filename: 'next.txt' })).text).toContain('Some text.');
  });

  it.each([
    ['crash', 'damaged'],
    ['exit', 'damaged'],
    ['throw', 'internal'],
  ])('fails only the file that makes its child %s', async (filename, reason) => {
    const pool = createPool({ concurrency: 1 });
    const [bad, good] = await Promise.all([
      failureOf(pool.parse({ path, filename })),
      pool.parse({ path, filename: 'good.txt' }),
    ]);
    expect(bad.reason).toBe(reason);
    expect(good.blocks).toHaveLength(2);
  });

  it('aborts with the signal’s reason, whether running or waiting', async () => {
    const pool = createPool({ concurrency: 1 });
    const running = new AbortController();
    const waiting = new AbortController();
    const first = pool.parse({ path, filename: 'loop' }, running.signal);
    const second = pool.parse({ path, filename: 'b.txt' }, waiting.signal);
    waiting.abort(new Error('not wanted'));
    await expect(second).rejects.toThrow('not wanted');
    setTimeout(() => running.abort(new Error('stop')), 500);
    await expect(first).rejects.toThrow('stop');
    await expect(pool.parse({ path, filename: 'c.txt' }, AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    expect((await pool.parse({ path, filename: 'd.txt' })).format).toBe('text');
  });

  describe('with scans', () => {
    const ocr = { languages: ['eng'], folders: [], pageDeadlineMs: 2500 };

    it('applies the deadline to each page, not to the file, and reports every page', async () => {
      const seen: unknown[] = [];
      // All pages together take longer than the deadline of the file. On a busy machine, starting a child also takes
      // seconds.
      const pool = createPool({ deadlineMs: 9000, ocr: { ...ocr, pageDeadlineMs: 9000 } });
      const document = await pool.parse({ path, filename: 'scan-slow' }, undefined, (progress) => seen.push(progress));
      expect(document.text).toContain('Some text.');
      expect(seen).toEqual([1, 2, 3, 4].map((page) => ({ page, pageCount: 4, unit: 'page' })));
    });

    it('terminates a page that never finishes, and names it', async () => {
      const failure = await failureOf(createPool({ ocr }).parse({ path, filename: 'scan-stuck' }));
      expect(failure.reason).toBe('timeout');
      expect(failure.message).toContain('page 5');
    });

    it('stops within a second when cancelled during a page, and lets text files pass a scan', async () => {
      const pool = createPool({ concurrency: 1, ocr: { ...ocr, pageDeadlineMs: 20_000 } });
      const controller = new AbortController();
      const started = Promise.withResolvers<void>();
      const scan = pool.parse({ path, filename: 'scan-stuck' }, controller.signal, ({ page }) => {
        if (page === 5) started.resolve();
      });
      await started.promise;
      expect((await pool.parse({ path, filename: 'a.txt' })).format).toBe('text');
      controller.abort(new Error('cancelled'));
      await expect(scan).rejects.toThrow('cancelled');
    });

    it('runs OCR in a child that may load native code, which other children may not', async () => {
      const image = join(folder, 'image');
      await writeFile(image, drawPage(['Seen by a child'], { height: 300 }));
      const pool = createParserPool({ ocr: { languages: ['eng'], folders: [] } });
      open.push(pool);
      const progress: unknown[] = [];
      const document = await pool.parse({ path: image, filename: 'a.png' }, undefined, (each) => progress.push(each));
      expect(document.text).toBe('Seen by a child');
      expect(progress).toEqual([{ page: 1, pageCount: 1, unit: 'page' }]);
      expect((await failureOf(createPool().parse({ path: image, filename: 'addon' }))).message).toContain(
        'Internal error',
      );
    });
  });

  it('replaces used-up children and reports missing files', async () => {
    const pool = createPool({ filesPerChild: 1, concurrency: 1 });
    for (const name of ['a.txt', 'b.txt']) expect((await pool.parse({ path, filename: name })).format).toBe('text');
    expect((await failureOf(pool.parse({ path: join(folder, 'gone'), filename: 'gone.txt' }))).reason).toBe('internal');
  });

  it('rejects work after close', async () => {
    const pool = createPool();
    const pending = pool.parse({ path, filename: 'loop' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const outcome = expect(pending).rejects.toThrow();
    await pool.close();
    await outcome;
    await expect(pool.parse({ path, filename: 'a.txt' })).rejects.toThrow('closed');
  });

  it.skipIf(process.platform === 'win32')('leaves no child behind when the parent is killed', async () => {
    const script = `const { createParserPool } = await import(${JSON.stringify(new URL('./pool.ts', import.meta.url).href)});
      const { subscribe } = await import('node:diagnostics_channel');
      subscribe('child_process', ({ process }) => setTimeout(() => console.log(process.pid), 1500));
      createParserPool({ childModule: ${JSON.stringify(childModule)} }).parse({ path: ${JSON.stringify(path)}, filename: 'loop' });`;
    const parent = spawn(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      script,
    ]);
    const childId = Number(
      await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data)))),
    );
    parent.kill('SIGKILL');
    expect(childId).toBeGreaterThan(1);
    await expect.poll(() => isRunning(childId), { timeout: 8000, interval: 200 }).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('recordings', { timeout: 30_000 }, () => {
  const speech = { modelPath: '/none', language: 'en', minuteDeadlineMs: 1500 };

  it('falls back to the portable build on an unsupported processor, and keeps using it', async () => {
    const pool = createPool({ speech });
    const names = ['old talk 1', 'old talk 2', 'old talk 3'];
    const documents = await Promise.all(names.map((filename) => pool.parse({ path, filename })));
    expect(documents.map(({ text }) => text.slice(0, 10))).toEqual(['Some text.', 'Some text.', 'Some text.']);
  });

  it('has a deadline for each minute, not for the whole, and reports the current one', async () => {
    const pool = createPool({ speech: { ...speech, minuteDeadlineMs: 1000 }, deadlineMs: 20_000 });
    const seen: number[] = [];
    await pool.parse({ path, filename: 'talk' }, undefined, ({ page, unit }) =>
      seen.push(unit === 'minute' ? page : 0),
    );
    expect(seen).toEqual([1, 2, 3]);
    const failure = await failureOf(pool.parse({ path, filename: 'endless talk' }));
    expect(failure).toMatchObject({ reason: 'timeout', message: expect.stringContaining('Transcribing minute 1') });
  });

  it('never delays a text file', async () => {
    const pool = createPool({ speech: { ...speech, minuteDeadlineMs: 60_000 } });
    const abort = new AbortController();
    const talk = pool.parse({ path, filename: 'endless talk' }, abort.signal).catch((error: Error) => error.message);
    expect((await pool.parse({ path, filename: 'a.txt' })).format).toBe('text');
    abort.abort(new Error('enough'));
    expect(await talk).toBe('enough');
  });
});
