import { AppError } from '@lorebox/contract/errors';
import type { ConfigValue, ConnectorInfo, SourceConfig } from '@lorebox/contract/source';
import type { Connector } from '@lorebox/ports/connector';
import type { Vault } from '@lorebox/ports/runtime';
import type { StoredSource } from '@lorebox/ports/source-stores';
import { z } from 'zod';

export function describeConnector(connector: Connector): ConnectorInfo {
  const { id, label, description, reads, requestsPerSecond } = connector;
  const { $schema: _, ...configSchema } = z.toJSONSchema(connector.configSchema, { io: 'input' });
  return {
    id,
    label,
    description,
    reads,
    configSchema,
    secrets: secretNamesOf(connector),
    addresses: addressNamesOf(connector),
    requestsPerSecond,
  };
}

const secretNamesOf = (connector: Connector) => namesMarked(connector, 'writeOnly');
const addressNamesOf = (connector: Connector) => namesMarked(connector, 'address');

function namesMarked({ configSchema }: Connector, mark: 'writeOnly' | 'address'): string[] {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input' });
  return Object.entries(properties)
    .filter(([, property]) => typeof property === 'object' && property[mark] === true)
    .map(([name]) => name);
}

/**
 * Changing an address changes where secrets are sent, so the same request has to set or remove each of them. Makes no
 * request.
 * @throws AppError BAD_REQUEST that names the addresses and the secrets.
 */
export function requireSecretsAgain(
  connector: Connector,
  stored: Pick<StoredSource, 'config' | 'secrets' | 'secretNames'>,
  merged: SourceConfig,
  change: Readonly<Record<string, unknown>>,
  vault: Vault,
): void {
  const missing = stored.secretNames.filter((name) => !Object.hasOwn(change, name));
  if (missing.length === 0) return;
  const [before, after] = [parseConfig(connector, openConfig(stored, vault)), parseConfig(connector, merged)];
  const moved = addressNamesOf(connector).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (moved.length === 0) return;
  const message = `config: Changing ${list(moved)} changes where the secrets of this source are sent. Send ${list(missing)} again in the same request.`;
  throw new AppError('BAD_REQUEST', message);
}

const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/**
 * Separates secrets from the other settings, and seals them.
 * @throws AppError BAD_REQUEST that names each invalid field.
 */
export function sealConfig(
  connector: Connector,
  settings: SourceConfig,
  vault: Vault,
): Pick<StoredSource, 'config' | 'secrets' | 'secretNames'> {
  parseConfig(connector, settings);
  const secret = new Set(secretNamesOf(connector));
  const entries = Object.entries(settings);
  const secrets = entries.filter(([name]) => secret.has(name));
  return {
    config: Object.fromEntries(entries.filter(([name]) => !secret.has(name))),
    secrets: secrets.length === 0 ? null : vault.seal(JSON.stringify(Object.fromEntries(secrets))),
    secretNames: secrets.map(([name]) => name),
  };
}

/** All settings, with secrets in plain text. */
export function openConfig({ config, secrets }: Pick<StoredSource, 'config' | 'secrets'>, vault: Vault): SourceConfig {
  return secrets === null ? config : { ...config, ...(JSON.parse(vault.open(secrets)) as SourceConfig) };
}

/**
 * Validates the settings and applies the defaults of the connector.
 * @throws AppError BAD_REQUEST that names each invalid field.
 */
export function parseConfig(connector: Connector, settings: SourceConfig): Record<string, ConfigValue | undefined> {
  const parsed = connector.configSchema.safeParse(settings);
  if (parsed.success) return parsed.data as Record<string, ConfigValue | undefined>;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => [['config', ...path].join('.'), message].join(': '));
  throw new AppError('BAD_REQUEST', problems.join('; '));
}
