import { AppError } from '@lorebox/contract/errors';
import type { ConnectorContext, SourceRequest, SourceResponse } from '@lorebox/ports/connector';
import type { z } from 'zod';

/**
 * Reads JSON and validates its shape. @throws AppError SOURCE_REFUSED for 404 and other 4xx, SOURCE_FAILED for another
 * shape.
 */
export async function readJson<T extends z.ZodType>(
  { host }: Pick<ConnectorContext, 'host'>,
  url: string | URL,
  shape: T,
  request: SourceRequest = {},
): Promise<{ data: z.output<T>; response: SourceResponse }> {
  const response = await readOk({ host }, url, request);
  const parsed = shape.safeParse(await response.json());
  if (parsed.success) return { data: parsed.data, response };
  const [issue] = parsed.error.issues;
  const where = issue ? ` ("${issue.path.join('.')}": ${issue.message})` : '';
  throw new AppError('SOURCE_FAILED', `${response.url.host} returned an unexpected response${where}.`);
}

/** Returns a response with a 2xx status. */
export async function readOk(
  { host }: Pick<ConnectorContext, 'host'>,
  url: string | URL,
  request: SourceRequest = {},
): Promise<SourceResponse> {
  const response = await host.fetch(url, request);
  if (response.status >= 200 && response.status < 300) return response;
  await response.drop();
  const { pathname, host: name } = response.url;
  if (response.status === 404 || response.status === 410) {
    const why = "The URL or a name is wrong, or the credentials don't have access.";
    throw new AppError('SOURCE_REFUSED', `${name}${pathname} not found (status ${response.status}). ${why}`);
  }
  throw new AppError('SOURCE_REFUSED', `${name} responded with status ${response.status} to ${pathname}.`);
}

/** Reads the bytes of an item; the request is sent on the first read. */
export async function* readBytes(
  context: Pick<ConnectorContext, 'host'>,
  url: string | URL,
  request: SourceRequest = {},
): AsyncGenerator<Uint8Array> {
  const response = await readOk(context, url, request);
  yield* response.body;
}

/** Yields a small text that a connector has generated. */
export async function* textBytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
