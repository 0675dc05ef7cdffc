/** The part of XMLHttpRequest used here. The sources don't depend on browser types. */
interface Xhr {
  readonly status: number;
  readonly responseText: string;
  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null };
  onload: (() => void) | null;
  onerror: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getAllResponseHeaders(): string;
  send(body: FormData): void;
  abort(): void;
}
declare const XMLHttpRequest: new () => Xhr;

/** Not used if the caller passed a custom `fetch`. */
export function canSendByXhr(fetch: typeof globalThis.fetch): boolean {
  return fetch === globalThis.fetch;
}

/** Returns a `fetch` for forms that reports the bytes sent. */
export function sendByXhr(
  url: string,
  { headers, signal }: RequestInit,
  form: FormData,
  onSent: (bytes: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => {
      request.abort();
      reject(signal?.reason);
    };
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener('abort', stop, { once: true });
    const finish = (settle: () => void) => {
      signal?.removeEventListener('abort', stop);
      settle();
    };
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => finish(() => resolve(toResponse(request)));
    request.onerror = () => finish(() => reject(new TypeError('Failed to fetch')));
    request.open('POST', url);
    for (const [name, value] of Object.entries((headers ?? {}) as Record<string, string>)) {
      request.setRequestHeader(name, value);
    }
    request.send(form);
  });
}

function toResponse(request: Xhr): Response {
  const lines = request.getAllResponseHeaders().trim().split(/\r?\n/);
  const headers = lines.filter((line) => line !== '').map((line) => line.split(/:\s*(.*)/s).slice(0, 2));
  return new Response(request.responseText || null, { status: request.status, headers: headers as [string, string][] });
}
