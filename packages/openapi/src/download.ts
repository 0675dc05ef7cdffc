import { TRPCError } from '@trpc/server';
import type { Context } from 'hono';
import { type Problem, problemResponse } from './problem.ts';
import { matchesTag } from './response.ts';

/** Bytes that a route sends, with their metadata. */
export interface Download {
  /** Size in bytes. */
  size: number;
  contentType: string;
  filename: string;
  /** Lets browsers show the content. Only for content that can't run anything. Default: they save it. */
  isInline?: boolean;
  /** Changes with the bytes. Quotes are added. */
  tag: string;
  /** Reads the bytes from `start` to `end` (exclusive). Called when they are needed, which may be never. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

interface Range {
  start: number;
  end: number;
}

/**
 * Returns the whole content or the single requested range (RFC 9110), and 304 for a client that has the current
 * version. An unsatisfiable range returns 416 instead of throwing.
 */
export function downloadResponse(c: Context, download: Download, extra: Record<string, string>): Response {
  const { size, contentType, filename } = download;
  const tag = `"${download.tag}"`;
  const headers: Record<string, string> = {
    ...extra,
    etag: tag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
  };
  if (matchesTag(c.req.header('if-none-match'), tag)) return new Response(null, { status: 304, headers });
  const range = rangeOf(c, tag, size);
  if (range === 'unsatisfiable') {
    const message = `Range not satisfiable: the file has ${size} bytes.`;
    throw new RangeNotSatisfiable(message, { ...headers, 'content-range': `bytes */${size}` });
  }
  headers['content-type'] = contentType;
  headers['content-disposition'] = disposition(filename, download.isInline === true);
  headers['content-security-policy'] ??= "sandbox; default-src 'none'";
  headers['x-content-type-options'] = 'nosniff';
  const { start, end } = range ?? { start: 0, end: size };
  headers['content-length'] = String(end - start);
  if (range) headers['content-range'] = `bytes ${start}-${end - 1}/${size}`;
  const body = end === start ? null : toStream(() => download.read(start, end));
  return new Response(body, { status: range ? 206 : 200, headers });
}

export class RangeNotSatisfiable extends TRPCError {
  readonly headers: Record<string, string>;
  constructor(message: string, headers: Record<string, string>) {
    super({ code: 'BAD_REQUEST', message });
    this.headers = headers;
  }
}

const RANGE_PROBLEM = { status: 416, title: 'Range Not Satisfiable', code: 'RANGE_NOT_SATISFIABLE' };

/** The response to a range that the content doesn't have. */
export function rangeProblemResponse(
  error: RangeNotSatisfiable,
  problem: Problem,
  extra: Record<string, string>,
): Response {
  return problemResponse({ ...problem, ...RANGE_PROBLEM }, { ...extra, ...error.headers });
}

/** Returns null for the whole content: no range, several ranges, another unit, or another version (`If-Range`). */
function rangeOf(c: Context, tag: string, size: number): Range | null | 'unsatisfiable' {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(c.req.header('range') ?? '');
  const condition = c.req.header('if-range');
  if (!asked || (condition !== undefined && condition !== tag)) return null;
  const [, first = '', last = ''] = asked;
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (last !== '' && first !== '' && Number(last) < Number(first)) return null;
  return start >= size || (first === '' && Number(last) === 0) ? 'unsatisfiable' : { start, end };
}

/** Uploaded content must not run on the server's origin, so that it is saved unless the caller knows that it can't run. */
function disposition(filename: string, isInline: boolean): string {
  const plain = withoutControls(filename).replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(withoutControls(filename)).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isInline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Removes control characters and those that change the text direction: "gpj.exe" would read "exe.jpg". */
function withoutControls(filename: string): string {
  return filename.toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '');
}

/** Opens nothing before the first byte is needed, because a HEAD request needs none. */
function toStream(open: () => AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  let iterator: AsyncIterator<Uint8Array> | null = null;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        iterator ??= open()[Symbol.asyncIterator]();
        const { value, done } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await iterator?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
