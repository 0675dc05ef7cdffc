import type { RawData, WebSocket } from 'ws';
import { scanJson } from '../http/body/scan-json.ts';
import { type RequestLimits, requireToken } from '../identity/request-limits.ts';

/** Time for a caller without a credential to send one. */
const CREDENTIAL_DEADLINE_MS = 15_000;
/** A client that has lost its session may try all that it has open. */
const MAX_ANONYMOUS_MESSAGES = 200;

/** Codes of RFC 6455. */
const POLICY_VIOLATION = 1008;
const TOO_BIG = 1009;

export interface SocketGate {
  /** The caller has shown a good credential: messages may have `maxBytes` from now on. */
  open(maxBytes: number): void;
}

/**
 * Looks at every message of a WebSocket before tRPC parses it: too many values, too many levels, or too many messages end the
 * connection. Until a credential is good, messages are small and few.
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
  // tRPC listens for messages like anybody else; this is the one place before all listeners.
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
      // `ws` fixes the limit per server and offers no way to raise it for a client; an end-to-end test holds this.
      const receiver = Reflect.get(client, '_receiver') as { _maxPayload: number };
      receiver._maxPayload = maxBytes;
    },
  };
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
