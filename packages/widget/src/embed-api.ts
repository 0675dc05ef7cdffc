import type {
  EmbedAskInput,
  EmbedConfig,
  EmbedEvent,
  EmbedFeedbackInput,
  EmbedHistory,
  StartedSession,
} from '@lorebox/contract/embed';
import type { WidgetOptions } from './options.ts';
import { readEvents } from './read-events.ts';

/** The name is fixed by the contract, whose module is not imported because it contains the schemas. */
const SESSION_HEADER = 'x-widget-session';

/** Why a request failed. `limit` names the setting whose limit was reached. */
export class EmbedError extends Error {
  readonly kind: 'offline' | 'refused' | 'session' | 'limit' | 'lead' | 'busy' | 'failed';
  readonly limit: string | null;

  constructor(kind: EmbedError['kind'], message: string, limit: string | null = null) {
    super(message);
    this.name = 'EmbedError';
    this.kind = kind;
    this.limit = limit;
  }
}

export interface NumberedEvent {
  seq: number;
  event: EmbedEvent;
}

/** What the widget needs of the server. The preview in the settings has its own. */
export interface EmbedApi {
  config(): Promise<EmbedConfig>;
  startSession(visitor: string | null): Promise<StartedSession>;
  history(secret: string): Promise<EmbedHistory>;
  ask(secret: string, input: EmbedAskInput): Promise<AsyncIterable<NumberedEvent>>;
  resume(secret: string, answerId: string, seq: number): Promise<AsyncIterable<NumberedEvent>>;
  rate(secret: string, input: EmbedFeedbackInput): Promise<void>;
  leaveLead(secret: string, lead: { name: string; email: string }): Promise<void>;
}

export function createEmbedApi({ baseUrl, widgetId }: Pick<WidgetOptions, 'baseUrl' | 'widgetId'>): EmbedApi {
  const root = `${baseUrl}/embed/${encodeURIComponent(widgetId)}`;

  async function call(path: string, secret: string | null, body?: unknown, lastSeq?: number): Promise<Response> {
    const headers: Record<string, string> = {};
    if (secret !== null) headers[SESSION_HEADER] = secret;
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (lastSeq !== undefined) headers['last-event-id'] = String(lastSeq);
    let response: Response;
    try {
      response = await fetch(`${root}/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      // A refused origin looks the same as no network, because the page may not read the response.
      throw new EmbedError('offline', String(error));
    }
    if (response.ok) return response;
    throw toError(response.status, await response.json().catch(() => null));
  }

  const json = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;
  return {
    config: () => json(call('config', null)),
    startSession: (visitor) => json(call('session', null, visitor ? { visitor } : {})),
    history: (secret) => json(call('history', secret)),
    ask: async (secret, input) => toEvents(await call('ask', secret, input)),
    resume: async (secret, answerId, seq) =>
      toEvents(await call(`answers/${encodeURIComponent(answerId)}`, secret, undefined, seq)),
    async rate(secret, input) {
      await call('feedback', secret, input);
    },
    async leaveLead(secret, lead) {
      await call('lead', secret, lead);
    },
  };
}

function toError(status: number, problem: { detail?: string; errors?: { path: string }[] } | null): EmbedError {
  const message = problem?.detail ?? `Status ${status}`;
  const path = problem?.errors?.[0]?.path ?? '';
  if (status === 429) return path.startsWith('messagesPer') ? new EmbedError('limit', message, path) : busy(message);
  if (path === 'lead') return new EmbedError('lead', message);
  if (status === 401) return new EmbedError('session', message);
  if (status === 403 || status === 404) return new EmbedError('refused', message);
  return new EmbedError('failed', message);
}

const busy = (message: string) => new EmbedError('busy', message);

async function* toEvents(response: Response): AsyncGenerator<NumberedEvent> {
  if (!response.body) return;
  try {
    for await (const { id, name, data } of readEvents(response.body))
      if (name === null && id !== null) yield { seq: Number(id), event: JSON.parse(data) as EmbedEvent };
  } catch (error) {
    throw new EmbedError('offline', String(error));
  }
}
