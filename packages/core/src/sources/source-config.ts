import { AppError } from '@lorebox/contract/errors';
import type { ConfigValue, ConnectorInfo, SourceConfig } from '@lorebox/contract/source';
import type { Connector } from '@lorebox/ports/connector';
import type { Vault } from '@lorebox/ports/runtime';
import type { StoredSource } from '@lorebox/ports/source-stores';
import { z } from 'zod';

export function describeConnector(connector: Connector): ConnectorInfo {
  const { id, label, description, reads, requestsPerSecond } = connector;
  const { $schema: _, ...configSchema } = z.toJSONSchema(connector.configSchema, { io: 'input' });
  return { id, label, description, reads, configSchema, secrets: secretNamesOf(connector), requestsPerSecond };
}

function secretNamesOf({ configSchema }: Connector): string[] {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input' });
  return Object.entries(properties)
    .filter(([, property]) => typeof property === 'object' && property.writeOnly === true)
    .map(([name]) => name);
}

/** What is kept: settings as they were given, and secrets apart, sealed. @throws AppError BAD_REQUEST naming each field. */
export function sealConfig(
  connector: Connector,
  given: SourceConfig,
  vault: Vault,
): Pick<StoredSource, 'config' | 'secrets' | 'secretNames'> {
  parseConfig(connector, given);
  const secret = new Set(secretNamesOf(connector));
  const entries = Object.entries(given);
  const secrets = entries.filter(([name]) => secret.has(name));
  return {
    config: Object.fromEntries(entries.filter(([name]) => !secret.has(name))),
    secrets: secrets.length === 0 ? null : vault.seal(JSON.stringify(Object.fromEntries(secrets))),
    secretNames: secrets.map(([name]) => name),
  };
}

/** All settings as they were given, secrets in the clear. */
export function openConfig({ config, secrets }: Pick<StoredSource, 'config' | 'secrets'>, vault: Vault): SourceConfig {
  return secrets === null ? config : { ...config, ...(JSON.parse(vault.open(secrets)) as SourceConfig) };
}

/** As the connector's schema has it, with what it takes where nothing was said. */
export function parseConfig(connector: Connector, given: SourceConfig): Record<string, ConfigValue | undefined> {
  const parsed = connector.configSchema.safeParse(given);
  if (parsed.success) return parsed.data as Record<string, ConfigValue | undefined>;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => [['config', ...path].join('.'), message].join(': '));
  throw new AppError('BAD_REQUEST', problems.join('; '));
}
