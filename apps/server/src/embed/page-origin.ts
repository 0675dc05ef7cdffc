import { AppError } from '@lorebox/contract/errors';
import type { PageOrigin } from '@lorebox/core/embed/open-widget';

/**
 * Returns the page that makes a request, as its browser reports it. Same-origin GET requests have no `Origin`, and behind
 * a proxy the server may not know its own origin, so `Sec-Fetch-Site` decides first. Pages can set neither of them.
 * @throws AppError FORBIDDEN for requests that no page makes.
 */
export function pageOriginOf(headers: Headers, ownOrigins: readonly string[]): PageOrigin {
  const origin = headers.get('origin');
  if (headers.get('sec-fetch-site') === 'same-origin') return { kind: 'self', origin: origin ?? ownOrigins[0] ?? '' };
  if (origin === null) {
    throw new AppError('FORBIDDEN', 'Only pages of allowed origins can use a widget. Programs use the API instead.');
  }
  return { kind: ownOrigins.includes(origin) ? 'self' : 'page', origin };
}
