import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Connector } from '@lorebox/ports/connector';
import type { StoredSource } from '@lorebox/ports/source-stores';
import type { Core } from '../core.ts';
import { createPacedFetch } from './paced-fetch.ts';
import { openConfig, parseConfig } from './source-config.ts';

const CHECK_MS = 30_000;

/**
 * Checks the access to a source while the caller waits.
 * @throws AppError with what is wrong.
 */
export async function checkSource(
  core: Pick<Core, 'connectors' | 'security' | 'clock' | 'log'>,
  connector: Connector,
  source: StoredSource,
): Promise<void> {
  const { connectors, security, clock, log } = core;
  const signal = AbortSignal.timeout(CHECK_MS);
  const host = connectors.hosts.open();
  const fetch = createPacedFetch((url, request) => host.fetch(url, { ...request, signal }), {
    requestsPerSecond: 100,
    retryDelaysMs: [],
    longestWaitMs: 0,
    signal,
    clock,
  });
  try {
    const config = parseConfig(connector, openConfig(source, security.vault));
    await connector.check({ config, host: { ...host, fetch }, signal, log, clock });
  } catch (error) {
    if (signal.aborted) throw new AppError('SOURCE_REFUSED', "The source didn't respond in time.", { cause: error });
    // During setup, an unreachable address is a user error and not a failure of this server.
    if (isAppError(error) && error.code === 'SOURCE_FAILED')
      throw new AppError('SOURCE_REFUSED', error.message, { cause: error });
    throw error;
  } finally {
    await host.close();
  }
}
