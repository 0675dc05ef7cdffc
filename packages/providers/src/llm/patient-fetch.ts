import type { LookupFunction } from 'node:net';
import { Agent, fetch as undiciFetch } from 'undici';

/**
 * Model servers can take many minutes before the first byte and between two bytes. undici's default timeout of five
 * minutes would abort such requests, so only connecting has a timeout. A redirect is an error, because prompts and keys
 * must not go to a host that no one configured.
 */
const patientAgent = (lookup?: LookupFunction) =>
  new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000, ...(lookup && { lookup }) } });
/** For requests that a running server answers at once, such as status and model lists. */
const probeAgent = (timeoutMs: number, lookup?: LookupFunction) =>
  new Agent({ headersTimeout: 5000, bodyTimeout: 5000, connect: { timeout: timeoutMs, ...(lookup && { lookup }) } });

/** `fetch` without a timeout; only the caller's signal ends it. */
export const patientFetch = withAgent(patientAgent());

/** `fetch` that times out after one second without a connection or five without a response. */
export const probeFetch = withAgent(probeAgent(1000));

/** How requests reach a model server. */
export interface ModelNetwork {
  /** For answers. */
  patient: typeof fetch;
  /** For status and lists. */
  probe: typeof fetch;
}

export const OPEN_NETWORK: ModelNetwork = { patient: patientFetch, probe: probeFetch };

/** Connects only to the addresses that `lookup` returns. Hosted services take longer to connect than a local server. */
export function createModelNetwork(lookup: LookupFunction): ModelNetwork {
  return { patient: withAgent(patientAgent(lookup)), probe: withAgent(probeAgent(5000, lookup)) };
}

function withAgent(dispatcher: Agent): typeof fetch {
  const call = (input: Parameters<typeof undiciFetch>[0], init: Parameters<typeof undiciFetch>[1]) =>
    undiciFetch(input, { redirect: 'error', ...init, dispatcher });
  // undici's own fetch and Node's differ only in types, but Node's fetch doesn't work with the Agent of this undici.
  return call as unknown as typeof fetch;
}
