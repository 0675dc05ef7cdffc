import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Context, Hono } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import { missingAppPage } from './missing-app-page.ts';

const unzip = promisify(gunzip);

/** The built app: beside the server in a release, and in the repository. */
const FOLDER = join(import.meta.dirname, '../../../web/dist');

/** First parts of the paths of the app. Other paths stay JSON errors, so that API clients never receive the page. */
const PAGES = ['login', 'setup', 'invite', 's', 'w', 'search', 'settings', 'mentions', 'admin'];

/**
 * `wasm-unsafe-eval` allows the image decoders of pdf.js, and nothing else. Uploads are never shown from this origin
 * except in a sandbox.
 */
const APP_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': APP_POLICY,
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=()',
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Serves the pages and files of the web app. */
export function mountWebApp(app: Hono<HttpEnv>, options: { isHttps: boolean }): void {
  const files = new Set(globSync('**/*.*', { cwd: FOLDER }).map((path) => path.replaceAll('\\', '/')));
  if (!files.has('index.html')) {
    app.get('/', (c) => missingAppPage(c, HEADERS));
    return;
  }
  const index = readFileSync(join(FOLDER, 'index.html'));
  const indexTag = `"${createHash('sha256').update(index).digest('base64url').slice(0, 22)}"`;
  const headers = options.isHttps
    ? { ...HEADERS, 'strict-transport-security': 'max-age=15552000; includeSubDomains' }
    : HEADERS;

  const sendIndex = (c: Context<HttpEnv>) => sendPage(c, index, indexTag, headers);
  app.get('/', sendIndex);
  for (const page of PAGES) {
    app.get(`/${page}`, sendIndex);
    app.get(`/${page}/*`, sendIndex);
  }
  for (const file of files) {
    const name = file.replace(/\.gz$/, '');
    if (name.includes('/') || name === 'index.html') continue;
    app.get(`/${name}`, (c) => sendFile(c, name, files, { ...headers, 'cache-control': 'no-cache' }));
  }
  const forever = { ...headers, 'cache-control': 'public, max-age=31536000, immutable' };
  const shortly = { ...headers, 'cache-control': 'no-cache' };
  app.get('/assets/*', async (c, next) => {
    const name = c.req.path.slice(1);
    if (!files.has(name) && !files.has(`${name}.gz`)) return next();
    return sendFile(c, name, files, /-[\w-]{8}\.\w+$/.test(name) ? forever : shortly);
  });
}

function sendPage(c: Context<HttpEnv>, page: Buffer, tag: string, headers: Record<string, string>): Response {
  const sent = { ...headers, etag: tag, 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' };
  if (c.req.header('if-none-match') === tag) return c.body(null, 304, sent);
  return c.body(new Uint8Array(page), 200, sent);
}

/** Most files are stored compressed. They are unpacked for the rare client that doesn't accept gzip. */
async function sendFile(
  c: Context<HttpEnv>,
  name: string,
  files: ReadonlySet<string>,
  headers: Record<string, string>,
): Promise<Response> {
  const isPacked = files.has(`${name}.gz`);
  const acceptsGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
  const stored = await readFile(join(FOLDER, isPacked ? `${name}.gz` : name));
  const body = isPacked && !acceptsGzip ? await unzip(stored) : stored;
  return c.body(new Uint8Array(body), 200, {
    ...headers,
    vary: 'accept-encoding',
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    ...(isPacked && acceptsGzip ? { 'content-encoding': 'gzip' } : {}),
  });
}
