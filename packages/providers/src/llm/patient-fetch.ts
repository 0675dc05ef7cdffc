import { Agent, fetch as undiciFetch } from 'undici';

/**
 * Model servers may think for many minutes before the first byte and between two: undici's default limit of five minutes
 * would end a request that is still being worked on. Only connecting is limited. A redirect is an error: neither prompts nor keys
 * go to a host that nobody configured.
 */
const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });
/** For questions that a running server answers at once: is it there, what does it have. */
const probeAgent = new Agent({ headersTimeout: 5000, bodyTimeout: 5000, connect: { timeout: 1000 } });

/** `fetch` that waits as long as the caller's signal lets it. */
export const patientFetch = withAgent(agent);

/** `fetch` that gives up after a second without a connection, or five without an answer. */
export const probeFetch = withAgent(probeAgent);

function withAgent(dispatcher: Agent): typeof fetch {
  const call = (input: Parameters<typeof undiciFetch>[0], init: Parameters<typeof undiciFetch>[1]) =>
    undiciFetch(input, { redirect: 'error', ...init, dispatcher });
  // undici's own fetch and Node's differ in types alone; mixing Node's fetch with this undici's Agent breaks.
  return call as unknown as typeof fetch;
}
