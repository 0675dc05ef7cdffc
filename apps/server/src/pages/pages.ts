import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '@lorebox/core/core';
import type { Context } from 'hono';

const STYLE = readFileSync(join(import.meta.dirname, 'pages.css'), 'utf8');
const SETUP_SCRIPT = readFileSync(join(import.meta.dirname, 'setup.js'), 'utf8');
const SETUP_BODY = readFileSync(join(import.meta.dirname, 'setup.html'), 'utf8');

// Without an icon, browsers request /favicon.ico.
const ICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Crect width=%2216%22 height=%2216%22 rx=%224%22 fill=%22%232f6f5e%22/%3E%3Cpath d=%22M5 3v10h6v-2H7V3z%22 fill=%22%23fff%22/%3E%3C/svg%3E';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = `default-src 'none'; img-src data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SETUP_SCRIPT)}`;

/** The page behind the one-time setup link. Creates the first admin and then shows a first API key. */
export function setupPage(c: Context): Response | Promise<Response> {
  return page(c, 'Set up Lorebox', SETUP_BODY, SETUP_SCRIPT);
}

export async function landingPage(c: Context, core: Core): Promise<Response> {
  const isEmpty = (await core.stores.users.count()) === 0;
  const next = isEmpty
    ? '<h1>Set up Lorebox</h1><p>There is no admin yet. To create one, open the setup link that the server printed when it started.</p>'
    : '<h1>Lorebox is running</h1><p>Ask your documents from the command line (<code>npm run -s lorebox -- --help</code>) or from TypeScript with <code>@lorebox/sdk</code>.</p>';
  return page(c, 'Lorebox', `${next}`, null);
}

function page(c: Context, title: string, body: string, script: string | null): Response | Promise<Response> {
  c.header('content-security-policy', POLICY);
  c.header('cache-control', 'no-store');
  const tail = script === null ? '' : `<script type="module">${script}</script>`;
  return c.html(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${title}</title><link rel="icon" href="${ICON}"><style>${STYLE}</style></head><body><header>Lorebox</header><main>${body}</main>${tail}</body></html>`,
  );
}
