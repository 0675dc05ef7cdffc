import { posix } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import type { Connector, ConnectorContext, SourceItem, SourceResponse } from '@lorebox/ports/connector';
import { AwsClient } from 'aws4fetch';
import { z } from 'zod';
import { address, addressMeta, pathFilter, secret } from './fields.ts';
import { createPathFilter } from './path-filter.ts';
import { childText, findAll, parseXml } from './xml-tree.ts';

/** Bucket and region are parts of host names, so no character in them may change the host. */
const name = z
  .string()
  .trim()
  .regex(/^[\w.-]+$/, 'Use only letters, digits and . _ -');

const Config = z.strictObject({
  bucket: name.min(1).max(255).meta(addressMeta('Name of the bucket.')),
  prefix: z.string().max(1000).default('').meta({ description: 'Key prefix to sync, such as reports/.' }),
  ...pathFilter,
  region: name.min(1).max(100).default('us-east-1').meta(addressMeta('Region of the bucket.')),
  endpoint: address('URL of the server, for MinIO, R2, Ceph and others. Empty: Amazon.').optional(),
  pathStyle: z
    .boolean()
    .default(true)
    .meta(addressMeta('Put the bucket in the path of the URL. Off: in the hostname.')),
  accessKeyId: z.string().max(300).default('').meta({ description: 'Access key id. Leave empty for a public bucket.' }),
  secretAccessKey: secret('Secret access key.'),
});
type Config = z.infer<typeof Config>;

/** The last key that was read, in bucket order; null to start over. */
const Cursor = z.object({ after: z.string() }).nullable().catch(null);
const ARCHIVED = /^(GLACIER|DEEP_ARCHIVE)$/;

interface Entry {
  key: string;
  etag: string;
  size: number;
  modified: string;
  storage: string;
}

/** Syncs the objects of a bucket by ETag. An interrupted sync run resumes after the last complete page. */
export const s3: Connector = {
  id: 's3',
  label: 'S3 bucket',
  description: 'Objects in a bucket on Amazon S3, MinIO, Cloudflare R2, Ceph or another S3-compatible server.',
  reads: 'network',
  configSchema: Config,
  requestsPerSecond: 50,
  parallel: 8,
  async check(context) {
    const config = Config.parse(context.config);
    await listPage(context, config, { 'max-keys': '1' });
  },
  async *sync(context) {
    const config = Config.parse(context.config);
    const isWanted = createPathFilter(config.include, config.exclude);
    const after = Cursor.parse(context.cursor)?.after;
    let query: Record<string, string> | null = after === undefined ? {} : { 'start-after': after };
    while (query) {
      const { entries, next }: Awaited<ReturnType<typeof listPage>> = await listPage(context, config, query);
      for (const entry of entries) {
        const isFolder = entry.key.endsWith('/') && entry.size === 0;
        if (!isFolder && isWanted(entry.key.slice(config.prefix.length))) yield toItem(context, config, entry);
      }
      const last = entries.at(-1)?.key;
      if (next && last !== undefined) yield { kind: 'cursor', cursor: { after: last } };
      query = next ? { 'continuation-token': next } : null;
    }
    yield { kind: 'full' };
    yield { kind: 'cursor', cursor: null };
  },
};

function toItem(context: ConnectorContext, config: Config, { key, etag, size, modified, storage }: Entry): SourceItem {
  if (ARCHIVED.test(storage))
    return { kind: 'failed', externalId: key, message: `The object is archived (${storage}).` };
  if (key.split('/').some((part) => part === '.' || part === '..')) {
    return { kind: 'failed', externalId: key, message: "The object key can't be used in a URL." };
  }
  return {
    kind: 'upsert',
    externalId: key,
    version: etag,
    filename: posix.basename(key),
    size,
    metadata: { path: key, bucket: config.bucket, modified },
    async *open() {
      const response = await send(context, config, addressOf(config, key));
      if (response.status !== 200) {
        await response.drop();
        throw new AppError('NOT_FOUND', `The bucket responded with status ${response.status}.`);
      }
      yield* response.body;
    },
  };
}

async function listPage(context: ConnectorContext, config: Config, query: Record<string, string>) {
  const url = addressOf(config, '');
  const all = { 'list-type': '2', 'encoding-type': 'url', prefix: config.prefix, ...query };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  const response = await send(context, config, url);
  const document = parseXml(await response.text());
  if (response.status !== 200) {
    const [error] = findAll(document, 'Error');
    const why = (error && childText(error, 'Message', 'Code')) || `status ${response.status}`;
    throw new AppError('SOURCE_REFUSED', `Failed to list the bucket "${config.bucket}": ${why}.`);
  }
  const [result] = findAll(document, 'ListBucketResult');
  if (!result)
    throw new AppError('SOURCE_FAILED', `${url.host} did not respond like an S3 server. Check the endpoint.`);
  const entries = findAll(document, 'Contents').map((one) => ({
    key: decodeKey(childText(one, 'Key')),
    etag: childText(one, 'ETag').replaceAll('"', ''),
    size: Number(childText(one, 'Size')),
    modified: childText(one, 'LastModified'),
    storage: childText(one, 'StorageClass'),
  }));
  const next = childText(result, 'IsTruncated') === 'true' ? childText(result, 'NextContinuationToken') : '';
  return { entries, next: next || null };
}

async function send(context: ConnectorContext, config: Config, url: URL): Promise<SourceResponse> {
  return context.host.fetch(url, { headers: await sign(config, url) });
}

async function sign({ accessKeyId, secretAccessKey, region }: Config, url: URL): Promise<Record<string, string>> {
  if (accessKeyId === '' || secretAccessKey === undefined) return {};
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' });
  const { headers } = await client.sign(url.href, { method: 'GET' });
  return Object.fromEntries(headers);
}

function addressOf({ bucket, endpoint, pathStyle, region }: Config, key: string): URL {
  const base = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  if (!pathStyle) base.host = `${bucket}.${base.host}`;
  const path = [...(pathStyle ? [bucket] : []), ...key.split('/')].map(encodePart).join('/');
  return new URL(`${base.pathname.replace(/\/$/, '')}/${path}`, base);
}

/** Encodes for the signature, which escapes more characters than `encodeURIComponent`. */
const encodePart = (part: string) =>
  encodeURIComponent(part).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}
