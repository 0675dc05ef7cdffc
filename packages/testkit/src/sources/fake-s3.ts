import { createHash, createHmac } from 'node:crypto';
import { type FakeSite, type SiteAnswer, type SiteRequest, startFakeSite } from '../fake-site.ts';

export interface FakeS3 extends FakeSite {
  /** Key -> content in the bucket "papers". */
  readonly objects: Map<string, string>;
}

const PAGE = 10;
const BUCKET = 'papers';
export const S3_KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret-access-key' };

/** Starts a path-style bucket that verifies signatures (SigV4) with its own code. */
export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, string>();
  const site = await startFakeSite((request) => {
    if (!isSigned(request)) return errorOf(403, 'SignatureDoesNotMatch', 'The signature does not match.');
    const path = decodeURIComponent(request.url.pathname);
    if (path === `/${BUCKET}/`) return { body: listOf(objects, request.url.searchParams) };
    const content = objects.get(path.slice(BUCKET.length + 2));
    return content === undefined ? errorOf(404, 'NoSuchKey', 'There is no such key.') : { body: content };
  });
  return Object.defineProperties({ objects }, Object.getOwnPropertyDescriptors(site)) as FakeS3;
}

function errorOf(status: number, code: string, message: string): SiteAnswer {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

const encodeKey = (key: string) => encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');

function listOf(objects: Map<string, string>, query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const prefix = query.get('prefix') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, PAGE);
  const contents = page.map((key) => {
    const content = objects.get(key) ?? '';
    const etag = createHash('md5').update(content).digest('hex');
    return `<Contents><Key>${encodeKey(key)}</Key><ETag>&quot;${etag}&quot;</ETag><Size>${Buffer.byteLength(content)}</Size><LastModified>2026-11-24T10:00:00.000Z</LastModified><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const isTruncated = keys.length > page.length;
  const next = isTruncated ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encodeStrictly = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Implements Signature Version 4 from its specification. */
function isSigned({ method, url, headers }: SiteRequest): boolean {
  const match = /Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)/.exec(
    headers.authorization ?? '',
  );
  const [, id, day = '', region = '', names = '', signature] = match ?? [];
  if (id !== S3_KEY.accessKeyId) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`)
    .sort()
    .join('&');
  const path = url.pathname
    .split('/')
    .map((part) => encodeStrictly(decodeURIComponent(part)))
    .join('/');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const canonical = [method, path, query, lines.join(''), names, headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${S3_KEY.secretAccessKey}`, day));
  return hmac(key, text).toString('hex') === signature;
}
