import { readBytes } from './read-bytes.ts';
import { canSendByXhr, sendByXhr } from './send-by-xhr.ts';
import { UploadForm } from './upload-form.ts';
import { writeForm } from './write-form.ts';

type Fetch = typeof globalThis.fetch;

/**
 * A `fetch` that can send an UploadForm. Forms with only blobs are sent unchanged. Streams are read while they
 * are sent, with `duplex: 'half'`. Browsers can't stream a request body over HTTP/1.1 or report upload progress with
 * `fetch`, so there streams are buffered first and sent with an XMLHttpRequest.
 */
export function sendForms(fetch: Fetch): Fetch {
  return async (input, init) => {
    const form: unknown = init?.body;
    if (!(form instanceof UploadForm)) return fetch(input, init);
    const isWhole = form.files.every((file) => 'data' in file);
    if (isWhole && !form.onProgress) return fetch(input, { ...init, body: await toFormData(form) });
    if ('XMLHttpRequest' in globalThis) return sendFromPage(fetch, String(input), init ?? {}, form);
    const { contentType, body, stop } = writeForm(form);
    const headers = { ...(init?.headers as Record<string, string>), 'content-type': contentType };
    try {
      const response = await fetch(input, { ...init, headers, body, duplex: 'half' } as RequestInit);
      // Read the whole response before the body is dropped, because an early response is lost with the connection.
      return new Response(await response.text(), response);
    } finally {
      stop();
    }
  };
}

async function sendFromPage(fetch: Fetch, url: string, init: RequestInit, form: UploadForm): Promise<Response> {
  const data = await toFormData(form).catch((error: unknown) => {
    form.failure = { error };
    throw error;
  });
  const total = data.getAll('file').reduce((sum, file) => sum + (file instanceof Blob ? file.size : 0), 0);
  const report = (sentBytes: number) => form.onProgress?.({ sentBytes: Math.min(sentBytes, total), totalBytes: total });
  if (form.onProgress && canSendByXhr(fetch)) return sendByXhr(url, init, data, report);
  const response = await fetch(url, { ...init, body: data });
  report(total);
  return response;
}

async function toFormData(form: UploadForm): Promise<FormData> {
  const data = new FormData();
  for (const [name, value] of form.fields) data.append(name, value);
  for (const file of form.files) {
    if ('data' in file) data.append('file', file.data, file.name);
    else {
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      for await (const chunk of readBytes(file.name, file.stream)) chunks.push(chunk as Uint8Array<ArrayBuffer>);
      data.append('file', new Blob(chunks), file.name);
    }
  }
  return data;
}
