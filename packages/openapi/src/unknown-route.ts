import { nearest } from './nearest.ts';
import type { Route } from './routes.ts';

/** Returns the message for an unknown route, with suggestions of similar paths. */
export function describeUnknownRoute(method: string, path: string, prefix: string, routes: readonly Route[]): string {
  const shown = path.length > 200 ? `${path.slice(0, 200)}…` : path;
  const near = nearRoutes(path.slice(prefix.length), routes).map(({ meta }) => `${meta.method} ${prefix}${meta.path}`);
  const hint = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
  return `There is no route ${method} ${shown}.${hint}`;
}

const MAX_SHOWN = 4;

/** Returns routes with the same number of segments, of which all but one match. */
function nearRoutes(path: string, routes: readonly Route[]): Route[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.length > 10) return [];
  const found = routes.filter(({ meta }) => {
    const expected = meta.path.split('/').filter((segment) => segment !== '');
    if (expected.length !== segments.length) return false;
    const misses = expected.filter((segment, i) => !segment.startsWith('{') && segment !== segments[i]);
    if (misses.length !== 1) return false;
    const [missed = ''] = misses;
    return nearest(segments[expected.indexOf(missed)] ?? '', [missed]).length > 0;
  });
  return found.slice(0, MAX_SHOWN);
}
