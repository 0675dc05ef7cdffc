import { transformer } from '@lorebox/api/transformer';
import type { Context as CallContext } from '@lorebox/api/trpc';
import { eventStream, type ServerSentEvent } from '@lorebox/openapi';
import {
  type AnyTRPCProcedure,
  type AnyTRPCRouter,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
  TRPCError,
} from '@trpc/server';
import { getHTTPStatusCode } from '@trpc/server/http';

/** The parts of a request that must be known before its body is read. */
export interface TrpcCalls {
  type: 'query' | 'mutation' | 'subscription';
  isBatch: boolean;
  calls: { path: string; procedure: AnyTRPCProcedure }[];
}

interface TrpcRequest {
  method: string;
  /** The part after `/trpc/`. */
  path: string;
  header(name: string): string | undefined;
  query(name: string): string | undefined;
  /** Reads the body once for all calls of a batch. @throws AppError */
  json(): Promise<unknown>;
}

export interface TrpcReply {
  status: number;
  body: string | ReadableStream<Uint8Array>;
  errors: TRPCError[];
}

const { deserialize } = transformer.input;
const serializeToText = (value: unknown) => JSON.stringify(transformer.output.serialize(value));

type OnError = (error: TRPCError, path: string) => void;

const PING_MS = 15_000;
/** The client drops an idle connection after this time and resumes. */
const RECONNECT_MS = 45_000;

/**
 * Parses a request if it is a subscription, a call, or a batch of procedures of one type, which covers nearly all
 * requests. Returns null for tRPC's own handler: uploads, JSONL and malformed calls. This file exists only for speed:
 * tRPC's handler takes 20 to 30% more CPU time per response (docs/adr/2026-11-22-trpc-over-http.md).
 */
export function readTrpcCalls(router: AnyTRPCRouter, request: TrpcRequest, maxBatch: number): TrpcCalls | null {
  const { method } = request;
  if (method !== 'GET' && (method !== 'POST' || !isJson(request.header('content-type')))) return null;
  if (request.header('trpc-accept') ?? request.header('accept')?.includes('application/jsonl')) return null;
  const isBatch = request.query('batch') === '1';
  const paths = isBatch ? request.path.split(',') : [request.path];
  if (paths.length > maxBatch) return null;
  const procedures = router._def.procedures as Record<string, AnyTRPCProcedure>;
  const calls = [];
  for (const path of paths) {
    const procedure = Object.hasOwn(procedures, path) ? procedures[path] : undefined;
    if (!procedure) return null;
    calls.push({ path, procedure });
  }
  const type = calls[0]?.procedure._def.type;
  if (!type || calls.some(({ procedure }) => procedure._def.type !== type)) return null;
  if (type === 'mutation' && method === 'GET') return null;
  if (type === 'subscription' && isBatch) return null;
  return { type, isBatch, calls };
}

export async function runTrpcCalls(
  router: AnyTRPCRouter,
  { type, isBatch, calls }: TrpcCalls,
  request: TrpcRequest,
  ctx: CallContext,
  onError: OnError,
): Promise<TrpcReply> {
  const config = router._def._config;
  const readInputs = inputsOf(request, isBatch);
  const errors: TRPCError[] = [];

  function failed(cause: unknown, path: string) {
    const error = getTRPCErrorFromUnknown(cause);
    errors.push(error);
    onError(error, path);
    return { error: getTRPCErrorShape({ config, error, type, path, input: undefined, ctx }) };
  }

  if (type === 'subscription') {
    const body = eventStream(subscription(), { ping: { event: 'ping', data: '' }, pingMs: PING_MS });
    return { status: 200, body, errors };
  }
  const replies = await Promise.all(
    calls.map(async ({ path, procedure }, batchIndex) => {
      const getRawInput = async () => (await readInputs())[batchIndex];
      try {
        return { result: { data: await procedure({ path, getRawInput, ctx, type, signal: undefined, batchIndex }) } };
      } catch (cause) {
        return failed(cause, path);
      }
    }),
  );
  const status = errors.length === 0 ? 200 : getHTTPStatusCode(replies);
  const texts = replies.map((reply) =>
    'error' in reply
      ? `{"error":${serializeToText(reply.error)}}`
      : `{"result":{"data":${serializeToText(reply.result.data)}}}`,
  );
  return { status, body: isBatch ? `[${texts.join()}]` : (texts[0] ?? ''), errors };

  async function* subscription(): AsyncGenerator<ServerSentEvent> {
    const [call] = calls;
    if (!call) return;
    yield { event: 'connected', data: JSON.stringify({ reconnectAfterInactivityMs: RECONNECT_MS }) };
    try {
      const lastEventId =
        request.header('last-event-id') ?? request.query('lastEventId') ?? request.query('Last-Event-Id');
      const getRawInput = async () => {
        const input = (await readInputs())[0];
        return lastEventId ? { ...(input as object), lastEventId } : input;
      };
      const { path } = call;
      const opened = call.procedure({ path, getRawInput, ctx, type, signal: ctx.signal(), batchIndex: 0 });
      for await (const value of (await opened) as AsyncIterable<unknown>) {
        const [id, data] = isTrackedEnvelope(value) ? value : [undefined, value];
        const line = serializeToText(data);
        yield id === undefined ? { data: line } : { id, data: line };
      }
      yield { event: 'return', data: '' };
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'AbortError') return;
      const { error } = failed(cause, call.path);
      yield { event: 'serialized-error', data: serializeToText(error) };
    }
  }
}

/** Inputs by index in the batch. Read once, when the first procedure needs its input. */
function inputsOf(request: TrpcRequest, isBatch: boolean) {
  let inputs: Promise<Record<number, unknown>> | undefined;
  const read = async (): Promise<Record<number, unknown>> => {
    const text = request.method === 'GET' ? request.query('input') : undefined;
    const given = request.method === 'GET' ? text && parse(text) : await request.json();
    if (given === undefined) return {};
    if (!isBatch) return { 0: deserialize(given) };
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw new TRPCError({ code: 'BAD_REQUEST', message: '"input" must be an object in batched calls' });
    }
    return Object.fromEntries(Object.entries(given).map(([index, input]) => [index, deserialize(input)]));
  };
  return () => {
    inputs ??= read();
    return inputs;
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: cause instanceof Error ? cause.message : 'not JSON', cause });
  }
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}
