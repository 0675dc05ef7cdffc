import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '@lorebox/core/core';
import type { Context } from 'hono';

const STYLE = readFileSync(join(import.meta.dirname, 'pages.css'), 'utf8');
const SETUP_SCRIPT = readFileSync(join(import.meta.dirname, 'setup.js'), 'utf8');
const SETUP_BODY = readFileSync(join(import.meta.dirname, 'setup.html'), 'utf8');

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = `default-src 'none'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SETUP_SCRIPT)}`;

/** Where the one-time link leads: makes the first admin, then hands out a first API key. */
export function setupPage(c: Context): Response | Promise<Response> {
  return page(c, 'Set up Lorebox', SETUP_BODY, SETUP_SCRIPT);
}

export async function landingPage(c: Context, core: Core): Promise<Response> {
  const isEmpty = (await core.users.count()) === 0;
  const next = isEmpty
    ? '<p>This installation has no admin yet. Open the setup link that the server printed when it started.</p>'
    : '<p>The server is running. Ask your documents from the command line or from TypeScript; see the README.</p>';
  return page(c, 'Lorebox', `<h1>Lorebox</h1>${next}`, null);
}

function page(c: Context, title: string, body: string, script: string | null): Response | Promise<Response> {
  c.header('content-security-policy', POLICY);
  c.header('cache-control', 'no-store');
  const tail = script === null ? '' : `<script type="module">${script}</script>`;
  return c.html(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main>${tail}</body></html>`,
  );
}
