import { afterEach, describe, expect, it, vi } from 'vitest';
import { sendForms } from './send-form.ts';
import { UploadForm, type UploadProgress } from './upload-form.ts';

/** XMLHttpRequest of a page; `answer` acts as the server. */
class FakeXhr {
  static answer: (xhr: FakeXhr) => void = () => {};
  static last: FakeXhr;
  status = 0;
  responseText = '';
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onload = () => {};
  onerror = () => {};
  headers: Record<string, string> = {};
  body: FormData | null = null;
  isAborted = false;
  open() {
    FakeXhr.last = this;
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }
  getAllResponseHeaders() {
    return 'content-type: application/json\r\nx-request-id: a:b\r\n';
  }
  send(body: FormData) {
    this.body = body;
    FakeXhr.answer(this);
  }
  abort() {
    this.isAborted = true;
  }
}

const seen: UploadProgress[] = [];
const stream = () => new Blob(['Streamed.']).stream();
const form = () =>
  new UploadForm([['workspace', 'demo']], [{ name: 'a.txt', stream: stream() }], (at) => seen.push(at));
const post = (fetch: typeof globalThis.fetch, signal?: AbortSignal) =>
  sendForms(fetch)('http://localhost/', {
    method: 'POST',
    headers: { authorization: 'Bearer k' },
    body: form(),
    ...(signal && { signal }),
  });

describe('in a page, an upload', () => {
  vi.stubGlobal('XMLHttpRequest', FakeXhr);
  afterEach(() => seen.splice(0));

  it('is buffered and sent by XMLHttpRequest, with progress', async () => {
    FakeXhr.answer = (xhr) => {
      xhr.upload.onprogress?.({ loaded: 4 });
      xhr.upload.onprogress?.({ loaded: 500 }); // includes the form around the file
      Object.assign(xhr, { status: 200, responseText: '{"ok":true}' });
      xhr.onload();
    };
    const response = await post(globalThis.fetch);
    expect(await response.json()).toEqual({ ok: true });
    expect(response.headers.get('x-request-id')).toBe('a:b');
    expect(FakeXhr.last.headers).toEqual({ authorization: 'Bearer k' });
    const file = FakeXhr.last.body?.get('file') as File;
    expect([file.name, await file.text()]).toEqual(['a.txt', 'Streamed.']);
    expect([...(FakeXhr.last.body?.keys() ?? [])]).toEqual(['workspace', 'file']);
    expect(seen).toEqual([
      { sentBytes: 4, totalBytes: 9 },
      { sentBytes: 9, totalBytes: 9 },
    ]);
  });

  it('is aborted when cancelled, and fails like fetch', async () => {
    const reason = new Error('enough');
    const abort = new AbortController();
    FakeXhr.answer = () => abort.abort(reason);
    await expect(post(globalThis.fetch, abort.signal)).rejects.toBe(reason);
    expect(FakeXhr.last.isAborted).toBe(true);
    FakeXhr.answer = (xhr) => xhr.onerror();
    await expect(post(globalThis.fetch)).rejects.toThrow(new TypeError('Failed to fetch'));
  });

  it('uses a custom fetch, and reports progress when everything is sent', async () => {
    const bodies: unknown[] = [];
    const response = await post(async (_input, init) => {
      bodies.push(init?.body);
      return new Response('{}');
    });
    expect(response.ok).toBe(true);
    expect(bodies[0]).toBeInstanceOf(FormData);
    expect(bodies[0]).not.toBeInstanceOf(UploadForm);
    expect(seen).toEqual([{ sentBytes: 9, totalBytes: 9 }]);
  });
});
