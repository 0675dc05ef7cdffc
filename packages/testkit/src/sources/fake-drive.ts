import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { type FakeSite, type SiteAnswer, type SiteRequest, startFakeSite } from '../fake-site.ts';

interface File {
  id: string;
  name: string;
  mimeType: string;
  text: string;
  parents: string[];
}

export interface FakeDrive extends FakeSite {
  readonly files: Map<string, File>;
  put(name: string, text: string, more?: Partial<File>): void;
  remove(name: string): void;
  /** Discards the old entries of the change log. */
  forget(): void;
  /** JSON of a key that is accepted, and of one that is rejected. */
  readonly key: string;
  readonly strangersKey: string;
}

const PAGE = 10;
const FOLDER = 'application/vnd.google-apps.folder';
const GOOGLE = 'application/vnd.google-apps.document';

/** Starts Google Drive's files, change log and token endpoint. JWT assertions are verified. */
export async function startFakeDrive(): Promise<FakeDrive> {
  const files = new Map<string, File>();
  const log: string[] = [];
  let forgotten = 0;
  const owner = makeKey();
  const stranger = makeKey();
  let tokens = 0;

  function answer(request: SiteRequest): SiteAnswer | null {
    const { url } = request;
    if (url.pathname === '/token') {
      if (!isSigned(request, owner.publicKey)) return { status: 400, json: { error: 'invalid_grant' } };
      tokens += 1;
      return { json: { access_token: `access-${tokens}`, expires_in: 3600, token_type: 'Bearer' } };
    }
    if (!/^Bearer access-\d+$/.test(request.headers.authorization ?? '')) return { status: 401, json: {} };
    const path = url.pathname.replace('/drive/v3/', '');
    if (path === 'changes/startPageToken') return { json: { startPageToken: String(log.length) } };
    if (path === 'changes') return changesOf(url, log, forgotten, files);
    if (path === 'files') return { json: listOf(url, files) };
    const [, id = '', action] = /^files\/([^/]+)(\/export)?$/.exec(path) ?? [];
    const file = files.get(decodeURIComponent(id));
    if (!file) return null;
    if (action) return file.mimeType === GOOGLE ? { body: `exported: ${file.text}` } : { status: 403, json: {} };
    return url.searchParams.get('alt') === 'media' ? { body: file.text } : null;
  }

  const site = await startFakeSite(answer);
  const more = {
    files,
    key: JSON.stringify({
      client_email: 'robot@example.com',
      private_key: owner.privateKey,
      token_uri: `${site.url}/token`,
    }),
    strangersKey: JSON.stringify({
      client_email: 'other@example.com',
      private_key: stranger.privateKey,
      token_uri: `${site.url}/token`,
    }),
    put(name: string, text: string, about: Partial<File> = {}) {
      const id = about.id ?? `id-${createHash('md5').update(name).digest('hex').slice(0, 8)}`;
      files.set(id, { id, name, text, mimeType: 'text/markdown', parents: ['root'], ...about });
      log.push(id);
    },
    remove(name: string) {
      for (const { id, name: known } of files.values()) {
        if (known !== name) continue;
        files.delete(id);
        log.push(id);
      }
    },
    forget() {
      forgotten = log.length;
    },
  };
  return Object.defineProperties(more, Object.getOwnPropertyDescriptors(site)) as typeof more & FakeSite;
}

function describe({ text, ...file }: File) {
  const isGoogle = file.mimeType.startsWith('application/vnd.google-apps');
  const content = !isGoogle && { md5Checksum: createHash('md5').update(text).digest('hex'), size: String(text.length) };
  const modifiedTime = `2026-11-24T10:00:00.${text.length}Z`;
  return { ...file, ...content, modifiedTime, webViewLink: `https://drive.google.com/file/d/${file.id}` };
}

function listOf(url: URL, files: Map<string, File>) {
  const q = url.searchParams.get('q') ?? '';
  const wantsFolders = q.includes(`mimeType = '${FOLDER}'`);
  const found = [...files.values()].filter(({ mimeType }) => (mimeType === FOLDER) === wantsFolders);
  const start = Number(url.searchParams.get('pageToken') ?? 0);
  const next = start + PAGE < found.length && { nextPageToken: String(start + PAGE) };
  return { files: found.slice(start, start + PAGE).map(describe), ...next };
}

function changesOf(url: URL, log: string[], forgotten: number, files: Map<string, File>): SiteAnswer {
  const start = Number(url.searchParams.get('pageToken'));
  if (start < forgotten) return { status: 410, json: { error: 'expired' } };
  const end = Math.min(log.length, start + PAGE);
  const changes = log.slice(start, end).map((fileId) => {
    const file = files.get(fileId);
    return file
      ? { changeType: 'file', fileId, removed: false, file: describe(file) }
      : { changeType: 'file', fileId, removed: true };
  });
  return {
    json: { changes, ...(end < log.length ? { nextPageToken: String(end) } : { newStartPageToken: String(end) }) },
  };
}

function makeKey() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function isSigned({ body }: SiteRequest, publicKey: string): boolean {
  const form = new URLSearchParams(body.toString());
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
    return form.get('refresh_token') === 'good-refresh-token' && form.get('client_secret') === 'good-secret';
  }
  const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const { scope } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { scope: string };
  const verify = createVerify('RSA-SHA256').update(`${head}.${claims}`);
  return scope.endsWith('drive.readonly') && verify.verify(publicKey, signature, 'base64url');
}
