import type { Context } from 'hono';

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lorebox</title></head><body>
<h1>Lorebox is running</h1>
<p>The web app is not built. Start the server with <code>npm start</code>, which builds it, or run
<code>npm run build:web</code> and restart. The API works without it: see <a href="/docs">the API reference</a>.</p>
</body></html>`;

export function missingAppPage(c: Context, headers: Record<string, string>): Response | Promise<Response> {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return c.html(PAGE);
}
