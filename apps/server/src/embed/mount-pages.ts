import { AppError } from '@lorebox/contract/errors';
import type { Widget } from '@lorebox/contract/widget';
import { sleep } from '@lorebox/core/background/sleep';
import { checkEmbed } from '@lorebox/core/embed/check-embed';
import { findEmbed } from '@lorebox/core/embed/open-widget';
import type { ServerSentEvent } from '@lorebox/openapi';
import type { Context, Hono } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { EmbedLimits } from './embed-limits.ts';
import { pageOriginOf } from './page-origin.ts';
import { sendEvents } from './stream-answer.ts';

const PROBE_EVENTS = 4;
const PROBE_MS = 250;

/** Scripts and requests of this server, and nothing else but an empty icon. Styles are set by the scripts, which no policy restricts. */
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";

/** Mounts the pages with a widget: the frame for websites, the preview for its settings, and the self-test. */
export function mountPages(app: Hono<HttpEnv>, serverContext: ServerContext, limits: EmbedLimits): void {
  const { core } = serverContext;
  app.get('/embed/preview', (c) => sendPage(c, { script: 'frame', title: 'Preview', ancestors: "'self'" }));
  app.get('/embed/:widgetId/frame', async (c) => {
    limits.take('read', c.get('address'));
    const widget = await findEmbed(core, c.req.param('widgetId'));
    requireFrame(c, widget);
    return sendPage(c, { script: 'frame', title: widget.title || 'Chat', ancestors: ancestorsOf(widget) });
  });
  app.get('/embed/:widgetId/test', async (c) => {
    limits.take('read', c.get('address'));
    await findEmbed(core, c.req.param('widgetId'));
    return sendPage(c, { script: 'test', title: 'Widget self-test', ancestors: "'none'" });
  });
  app.get('/embed/:widgetId/check', async (c) => {
    const widget = await openTest(c);
    const page = URL.parse(c.req.query('page') ?? '');
    return c.json({ checks: await checkEmbed(core, widget, page?.origin ?? null) });
  });
  app.get('/embed/:widgetId/probe', async (c) => {
    await openTest(c);
    return sendEvents(c, probe(c.req.raw.signal));
  });

  /** Only the self-test page calls these. */
  async function openTest(c: Context<HttpEnv>): Promise<Widget> {
    c.header('cache-control', 'no-store');
    limits.take('probe', c.get('address'));
    if (pageOriginOf(c.req.raw.headers, serverContext.state.ownOrigins).kind !== 'self')
      throw new AppError('FORBIDDEN');
    return findEmbed(core, c.req.param('widgetId') ?? '');
  }
}

/** Events at intervals. A proxy that collects responses delivers them all at once. */
async function* probe(signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
  for (let n = 1; n <= PROBE_EVENTS && !signal.aborted; n += 1) {
    yield { id: String(n), data: JSON.stringify({ n }) };
    if (n < PROBE_EVENTS) await sleep(PROBE_MS, signal);
  }
}

const ancestorsOf = ({ allowedOrigins }: Widget) => (allowedOrigins.length > 0 ? allowedOrigins.join(' ') : "'none'");

/** The frame page is for frames: opened by itself, nothing would tell which website it belongs to. */
function requireFrame(c: Context<HttpEnv>, widget: Widget): void {
  if (c.req.header('sec-fetch-dest') !== 'document') return;
  throw new AppError('FORBIDDEN', `This page is for an <iframe>. See /embed/${widget.id}/test.`);
}

function sendPage(
  c: Context<HttpEnv>,
  { script, title, ancestors }: { script: 'frame' | 'test'; title: string; ancestors: string },
): Response | Promise<Response> {
  c.header('content-security-policy', `${POLICY}; frame-ancestors ${ancestors}`);
  c.header('referrer-policy', 'no-referrer');
  c.header('cache-control', 'no-cache');
  return c.html(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,"></head><body><script src="/embed/${script}.js"></script></body></html>`,
  );
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
