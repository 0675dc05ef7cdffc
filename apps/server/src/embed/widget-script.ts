import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AppError } from '@lorebox/contract/errors';
import type { Context, Hono } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';

/** The built scripts: beside the server in a release, and in the repository. */
const FOLDER = join(import.meta.dirname, '../../../../packages/widget/dist');

/** Path to file. The second path is that of AnythingLLM's script, so that a script tag only needs another host. */
const SCRIPTS: Record<string, string> = {
  '/embed/widget.js': 'widget.js',
  '/embed/anythingllm-chat-widget.min.js': 'widget.js',
  '/embed/frame.js': 'frame.js',
  '/embed/test.js': 'test.js',
};

interface Script {
  packed: Uint8Array<ArrayBuffer>;
  plain: Uint8Array<ArrayBuffer>;
  tag: string;
}

const HEADERS = {
  'content-type': 'text/javascript; charset=utf-8',
  // Revalidated with the tag, so that websites get a new version without changing their pages.
  'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  vary: 'accept-encoding',
};

/** Serves the scripts to any website. What they may do there is decided by the allowed origins of the widget. */
export function mountScripts(app: Hono<HttpEnv>): void {
  const scripts = new Map<string, Script>();
  for (const [path, file] of Object.entries(SCRIPTS)) {
    app.get(path, (c) => {
      const script = scripts.get(file) ?? readScript(file);
      scripts.set(file, script);
      return sendScript(c, script);
    });
  }
}

function readScript(file: string): Script {
  const path = join(FOLDER, `${file}.gz`);
  if (!existsSync(path)) {
    throw new AppError('NOT_FOUND', 'The widget is not built. Start the server with `npm start`, which builds it.');
  }
  const packed = new Uint8Array(readFileSync(path));
  const plain = new Uint8Array(gunzipSync(packed));
  return { packed, plain, tag: createHash('sha256').update(plain).digest('base64url').slice(0, 22) };
}

function sendScript(c: Context<HttpEnv>, { packed, plain, tag }: Script): Response {
  const acceptsGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
  // The tag names the bytes that are sent, which differ by encoding.
  const etag = acceptsGzip ? `"${tag}-gz"` : `"${tag}"`;
  const headers = { ...HEADERS, etag };
  const known = c.req
    .header('if-none-match')
    ?.split(',')
    .map((value) => value.trim().replace(/^W\//, ''));
  if (known?.includes(etag)) return c.body(null, 304, headers);
  if (!acceptsGzip) return c.body(plain, 200, headers);
  return c.body(packed, 200, { ...headers, 'content-encoding': 'gzip' });
}
