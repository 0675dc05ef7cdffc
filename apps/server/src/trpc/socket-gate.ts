import type { RawData, WebSocket } from 'ws';
import { scanJson } from '../http/body/scan-json.ts';
import { type RequestLimits, requireToken } from '../identity/request-limits.ts';

/** Time in which an anonymous caller must send a credential. */
const CREDENTIAL_DEADLINE_MS = 15_000;
/** A client that lost its session may retry all its subscriptions. */
const MAX_ANONYMOUS_MESSAGES = 200;

/** Close codes of RFC 6455. */
const POLICY_VIOLATION = 1008;
const TOO_BIG = 1009;

export interface SocketGate {
  /** Called when the caller is authenticated. From then on, messages may have up to `maxBytes`. */
  open(maxBytes: number): void;
}

/**
 * Checks every message of a WebSocket before tRPC parses it. Too many values, levels or messages close the connection.
 * Before authentication, messages must be small and few.
 */
export function openSocketGate(client: WebSocket, requests: RequestLimits, address: string): SocketGate {
  let isAnonymous = true;
  let anonymousMessages = 0;
  const deadline = setTimeout(
    () => client.close(POLICY_VIOLATION, 'no credentials sent in time'),
    CREDENTIAL_DEADLINE_MS,
  );
  client.once('close', () => clearTimeout(deadline));

  function problemOf(data: RawData): [code: number, reason: string] | null {
    if (isAnonymous) anonymousMessages += 1;
    if (anonymousMessages > MAX_ANONYMOUS_MESSAGES) {
      return [POLICY_VIOLATION, 'too many messages before authentication'];
    }
    try {
      scanJson(toBytes(data));
    } catch {
      return [TOO_BIG, 'JSON has too many values or levels'];
    }
    return null;
  }

  const emit = client.emit.bind(client);
  // tRPC listens for messages too. This is the only place that runs before all listeners.
  client.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event !== 'message') return emit(event, ...args);
    const problem = problemOf(args[0] as RawData);
    if (problem) {
      client.close(...problem);
      return true;
    }
    requests.ofAddress(address).then(
      (state) => {
        try {
          requireToken(state);
          emit(event, ...args);
        } catch {
          client.close(POLICY_VIOLATION, 'too many requests from this address');
        }
      },
      () => client.close(POLICY_VIOLATION),
    );
    return true;
  };
  return {
    open(maxBytes) {
      isAnonymous = false;
      clearTimeout(deadline);
      // `ws` fixes the limit per server and has no API to raise it per client. An end-to-end test covers this.
      const receiver = Reflect.get(client, '_receiver') as { _maxPayload: number };
      receiver._maxPayload = maxBytes;
    },
  };
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
