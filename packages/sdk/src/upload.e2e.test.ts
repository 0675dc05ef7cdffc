import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ByteStream, Lorebox, NotFoundError, type UploadOptions, type UploadProgress } from './index.ts';

let server: LoreboxProcess;
let folder: string;

beforeAll(async () => {
  server = await startLorebox();
  folder = mkdtempSync(join(tmpdir(), 'sdk-'));
});
afterAll(async () => {
  await server.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const connect = () => new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });

async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('an upload', () => {
  it('accepts a path, a file and a blob', async () => {
    const lorebox = connect();
    const { slug } = await lorebox.workspaces.create({ name: 'Uploads' });
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'The path was chosen.');
    const { documents } = await lorebox.documents.upload(
      slug,
      [
        { path },
        new File(['The file was found.'], 'file.txt'),
        { name: 'blob.txt', data: new Blob(['The blob grew.']) },
      ],
      { metadata: { kind: 'test' } },
    );
    expect(documents.map(({ filename }) => filename)).toEqual(['notes.txt', 'file.txt', 'blob.txt']);
    expect(await lorebox.documents.waitUntilIdle(slug)).toMatchObject({ ready: 3, failed: 0 });
    expect((await lorebox.search({ workspace: slug, query: 'blob', k: 1 })).hits[0]?.text).toBe('The blob grew.');
  });

  it('accepts streams of every kind, and reports its progress', async () => {
    const lorebox = connect();
    const { slug } = await lorebox.workspaces.create({ name: 'Streams' });
    const path = join(folder, 'large "notes".txt');
    writeFileSync(path, 'The path is long. '.repeat(1000));
    const { size } = statSync(path);
    async function* generate() {
      for (let n = 0; n < 3; n += 1) yield new TextEncoder().encode(`The generator yields ${n}. `);
    }
    const seen: UploadProgress[] = [];
    const { documents } = await lorebox.documents.upload(
      slug,
      [
        { path },
        { name: 'node ✓.txt', stream: createReadStream(path, { highWaterMark: 4096 }), size },
        { name: 'web.txt', stream: new Blob(['The web stream flows.']).stream() },
        { name: 'generator.txt', stream: generate() },
      ],
      { metadata: { kind: 'stream' }, onProgress: (progress) => seen.push(progress) },
    );
    expect(documents.map(({ filename }) => filename)).toEqual([
      'large %22notes%22.txt',
      'node ✓.txt',
      'web.txt',
      'generator.txt',
    ]);
    expect(await lorebox.documents.waitUntilIdle(slug)).toMatchObject({ ready: 4, failed: 0 });
    const [first, second, , last] = await lorebox.documents.list(slug).toArray();
    expect([first?.size, second?.size, last?.size]).toEqual([size, size, 72]);
    expect(last?.metadata).toEqual({ kind: 'stream' });
    expect(seen.at(-1)).toEqual({ sentBytes: 2 * size + 21 + 72, totalBytes: null });
    expect(seen.length).toBeGreaterThan(6);
    expect(seen.map(({ sentBytes }) => sentBytes)).toEqual(
      seen.map(({ sentBytes }) => sentBytes).sort((a, b) => a - b),
    );
    const known: UploadProgress[] = [];
    const file = { name: 'known.txt', data: new Blob(['Known.']) };
    await lorebox.documents.upload(slug, [file], { onProgress: (progress) => known.push(progress) });
    expect(known).toEqual([{ sentBytes: 6, totalBytes: 6 }]);
  });

  it('of several files has an external id, a path and metadata per file', async () => {
    const lorebox = connect();
    const { slug } = await lorebox.workspaces.create({ name: 'Details' });
    const files = ['a.txt', 'b.txt'].map((name) => ({
      ...{ name, data: new Blob([`Text of ${name}.`]), externalId: `notes/${name}`, relativePath: `notes/${name}` },
      ...{ title: name.toUpperCase(), metadata: { name } },
    }));
    const first = await lorebox.documents.upload(slug, files, { metadata: { kind: 'note' } });
    const again = await lorebox.documents.upload(slug, files.slice(1), { metadata: { kind: 'note' } });
    expect(again.documents[0]?.id).toBe(first.documents[1]?.id);
    const ready = await lorebox.documents.waitUntilReady(first.documents.map(({ id }) => id));
    expect(ready).toMatchObject([
      { externalId: 'notes/a.txt', title: 'A.TXT', metadata: { kind: 'note', path: 'notes/a.txt', name: 'a.txt' } },
      { externalId: 'notes/b.txt', title: 'B.TXT', metadata: { kind: 'note', path: 'notes/b.txt', name: 'b.txt' } },
    ]);
    const answer = lorebox.ask({ workspace: slug, question: 'Which text?', metadata: { name: 'b.txt' } });
    const found = await Array.fromAsync(answer);
    const sources = found.flatMap((event) => (event.type === 'sources-found' ? event.sources : []));
    expect(sources.map(({ externalId }) => externalId)).toEqual(['notes/b.txt']);
    const unknown = lorebox.ask({ workspace: slug, question: 'Which?', documentIds: ['doc_unknown'] });
    expect(await rejection(unknown.started)).toMatchObject({ code: 'NOT_FOUND', fields: [{ path: 'documentIds.0' }] });
  });

  it('can be awaited, until a document fails or the timeout is exceeded', async () => {
    const lorebox = connect();
    const { slug } = await lorebox.workspaces.create({ name: 'Waiting' });
    const { documents } = await lorebox.documents.upload(slug, [
      { name: 'good.txt', data: new Blob(['Good.']) },
      { name: 'bad.pdf', data: new Blob(['%PDF-1.4 nothing']) },
    ]);
    const ids = documents.map(({ id }) => id);
    const settled: string[] = [];
    const onSettled = ({ filename }: { filename: string }) => settled.push(filename);
    const ended = await lorebox.documents.waitUntilReady(ids, { timeout: 60_000, onSettled });
    expect(ended.map(({ status }) => status)).toEqual(['ready', 'failed']);
    expect(settled.sort()).toEqual(['bad.pdf', 'good.txt']);
    expect(await rejection(lorebox.documents.waitUntilReady(['doc_unknown']))).toBeInstanceOf(NotFoundError);
    expect(await lorebox.documents.waitUntilIdle(slug)).toMatchObject({ ready: 1, failed: 1, processing: 0 });
  });

  it('that is rejected, broken or cancelled releases its stream and reports why', async () => {
    const lorebox = connect();
    const { slug } = await lorebox.workspaces.create({ name: 'Refused' });
    let released = 0;
    async function* endless() {
      try {
        for (;;) {
          yield new Uint8Array(65_536);
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      } finally {
        released += 1;
      }
    }
    const send = (stream: ByteStream, more: { workspace?: string; size?: number } & UploadOptions = {}) => {
      const { workspace = slug, size, ...options } = more;
      return rejection(lorebox.documents.upload(workspace, [{ name: 'a.txt', stream, size }], options));
    };
    expect(await send(endless(), { workspace: 'none' })).toBeInstanceOf(NotFoundError);
    const reason = new Error('enough');
    const abort = new AbortController();
    const onProgress = ({ sentBytes }: UploadProgress) => sentBytes > 500_000 && abort.abort(reason);
    expect(await send(endless(), { signal: abort.signal, onProgress })).toBe(reason);
    const mine = new RangeError('mine');
    const complain = () => {
      throw mine;
    };
    expect(await send(endless(), { onProgress: complain })).toBe(mine);
    await expect.poll(() => released).toBe(3);

    const disk = new Error('the disk is gone');
    async function* broken() {
      yield new Uint8Array(10);
      throw disk;
    }
    expect(await send(broken())).toBe(disk);
    expect(await send(createReadStream(join(folder, 'missing')))).toMatchObject({ code: 'ENOENT' });
    expect(await send(new Blob(['four']).stream(), { size: 5 })).toEqual(
      new RangeError('"a.txt" has 4 bytes, but its `size` is 5.'),
    );
    const text = ReadableStream.from(['text']) as unknown as ByteStream;
    expect(await send(text)).toEqual(new TypeError('The stream of "a.txt" returned string instead of Uint8Array.'));
    expect((await lorebox.documents.list(slug)).items).toEqual([]);
  });
});
