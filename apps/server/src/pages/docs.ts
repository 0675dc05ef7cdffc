import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Context } from 'hono';

const START = `Scalar.createApiReference('#app', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  persistAuth: false,
  defaultOpenAllTags: true,
  // What would lead to other servers.
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
});`;
const startHash = createHash('sha256').update(START).digest('base64');
const POLICY =
  `default-src 'none'; script-src 'self' 'sha256-${startHash}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; ` +
  "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The interactive API reference with code samples. It loads everything from this server. */
export function docsPage(c: Context): Response | Promise<Response> {
  c.header('content-security-policy', POLICY);
  return c.html(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      '<title>Lorebox API</title><link rel="icon" href="data:,"></head><body><div id="app"></div><script src="/docs/scalar.js"></script>' +
      `<script>${START}</script></body></html>`,
  );
}

let script: Promise<Uint8Array<ArrayBuffer>> | null = null;

export async function docsScript(c: Context): Promise<Response> {
  script ??= load();
  return c.body(await script, 200, { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=3600' });
}

async function load(): Promise<Uint8Array<ArrayBuffer>> {
  const entry = import.meta.resolve('@scalar/api-reference');
  return new Uint8Array(await readFile(new URL('./browser/standalone.js', entry)));
}
