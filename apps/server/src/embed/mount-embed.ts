import {
  EmbedAskInput,
  EmbedFeedbackInput,
  EmbedLeadInput,
  SESSION_HEADER,
  StartSessionInput,
} from '@lorebox/contract/embed';
import { AppError } from '@lorebox/contract/errors';
import { EventNumber } from '@lorebox/contract/page';
import { getAnswer } from '@lorebox/core/chat/get-answer';
import { askEmbedded } from '@lorebox/core/embed/ask-embedded';
import { toEmbedConfig } from '@lorebox/core/embed/open-widget';
import { rateEmbedded } from '@lorebox/core/embed/rate-embedded';
import { getHistory, leaveLead, startSession, type Visitor } from '@lorebox/core/embed/session';
import type { Context, Hono } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerContext } from '../http/server-context.ts';
import { type EmbedCall, openCall, readInput, visitorOf } from './embed-call.ts';
import { type EmbedAction, EmbedLimits } from './embed-limits.ts';
import { mountPages } from './mount-pages.ts';
import { parseInput } from './parse-input.ts';
import { streamAnswer } from './stream-answer.ts';
import { mountScripts } from './widget-script.ts';

const PREFLIGHT_SECONDS = '600';

/** What the widget on a website calls, under /embed/{widgetId}. The app's onError handles errors. */
export function mountEmbed(app: Hono<HttpEnv>, serverContext: ServerContext): void {
  const { core } = serverContext;
  const limits = new EmbedLimits();
  mountScripts(app);
  mountPages(app, serverContext, limits);

  const route = (
    method: 'GET' | 'POST',
    path: string,
    action: EmbedAction,
    handle: (call: EmbedCall) => Promise<Response>,
  ) => {
    app.on(method, `/embed/:widgetId/${path}`, async (c) => {
      c.header('cache-control', 'no-store');
      return handle(await openCall(c, serverContext, limits, action));
    });
  };
  const visitorRoute = (
    method: 'GET' | 'POST',
    path: string,
    action: EmbedAction,
    handle: (call: EmbedCall, visitor: Visitor) => Promise<Response>,
  ) => route(method, path, action, async (call) => handle(call, await visitorOf(call, serverContext)));

  app.options('/embed/:widgetId/*', (c) => answerPreflight(c, serverContext, limits));
  route('GET', 'config', 'read', async ({ c, widget }) => c.json(toEmbedConfig(widget)));
  route('POST', 'session', 'session', async (call) => {
    const input = await readInput(call, serverContext, StartSessionInput);
    return call.c.json(await startSession(core, call.widget, call.page.origin, input), 201);
  });
  visitorRoute('GET', 'history', 'read', async ({ c }, visitor) => c.json(await getHistory(core, visitor)));
  visitorRoute('POST', 'ask', 'ask', async (call, visitor) => {
    const input = await readInput(call, serverContext, EmbedAskInput);
    const { answerId } = await askEmbedded(core, visitor, input);
    return streamAnswer(call.c, serverContext, visitor, { answerId });
  });
  visitorRoute('GET', 'answers/:answerId', 'read', async ({ c }, visitor) => {
    const answerId = c.req.param('answerId') ?? '';
    const lastEventId = parseInput(EventNumber.optional(), c.req.header('last-event-id'));
    // After the first byte, an unknown answer could no longer be a status code.
    await getAnswer(core, visitor.actor, answerId);
    return streamAnswer(c, serverContext, visitor, { answerId, lastEventId });
  });
  visitorRoute('POST', 'feedback', 'write', async (call, visitor) => {
    await rateEmbedded(core, visitor, await readInput(call, serverContext, EmbedFeedbackInput));
    return call.c.body(null, 204);
  });
  visitorRoute('POST', 'lead', 'write', async (call, visitor) => {
    await leaveLead(core, visitor, await readInput(call, serverContext, EmbedLeadInput));
    return call.c.body(null, 204);
  });
  app.all('/embed/*', () => {
    throw new AppError('NOT_FOUND');
  });
}

/** Lets pages of allowed origins send JSON and the session. Other origins get no CORS headers. */
async function answerPreflight(
  c: Context<HttpEnv>,
  serverContext: ServerContext,
  limits: EmbedLimits,
): Promise<Response> {
  await openCall(c, serverContext, limits, 'read');
  c.header('access-control-allow-methods', 'GET, POST');
  c.header('access-control-allow-headers', `content-type, last-event-id, ${SESSION_HEADER}`);
  c.header('access-control-max-age', PREFLIGHT_SECONDS);
  return c.body(null, 204);
}
