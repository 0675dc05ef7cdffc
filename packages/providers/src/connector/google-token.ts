import { createSign } from 'node:crypto';
import { AppError } from '@lorebox/contract/errors';
import type { ConnectorContext } from '@lorebox/ports/connector';
import { z } from 'zod';

const SCOPE = 'https://www.googleapis.com/auth/drive.readonly';
const Account = z.object({ client_email: z.string(), private_key: z.string(), token_uri: z.url().optional() });
const Token = z.object({ access_token: z.string(), expires_in: z.number().default(3600) });

export interface GoogleCredentials {
  serviceAccount?: string | undefined;
  clientId: string;
  clientSecret?: string | undefined;
  refreshToken?: string | undefined;
  tokenUrl: string;
}

/** Returns a function that gets an access token and renews it before it expires. */
export function createGoogleToken(context: ConnectorContext, credentials: GoogleCredentials): () => Promise<string> {
  let token = '';
  let until = 0;
  return async () => {
    if (context.clock.now() < until) return token;
    const { access_token, expires_in } = await ask(context, credentials);
    token = access_token;
    until = context.clock.now() + Math.max(0, expires_in - 120) * 1000;
    return token;
  };
}

async function ask(context: ConnectorContext, credentials: GoogleCredentials) {
  const { serviceAccount, clientId, clientSecret, refreshToken, tokenUrl } = credentials;
  if (serviceAccount !== undefined) {
    const account = readAccount(serviceAccount);
    const url = account.token_uri ?? tokenUrl;
    const assertion = signJwt(account, url, context.clock.now());
    return post(context, url, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  }
  if (clientId !== '' && clientSecret !== undefined && refreshToken !== undefined) {
    const secrets = { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken };
    return post(context, tokenUrl, { grant_type: 'refresh_token', ...secrets });
  }
  const how = 'Set "serviceAccount" (the JSON of its key), or "clientId", "clientSecret" and "refreshToken".';
  throw new AppError('SOURCE_REFUSED', `Google Drive requires credentials. ${how}`);
}

function readAccount(json: string): z.infer<typeof Account> {
  try {
    return Account.parse(JSON.parse(json));
  } catch {
    // No cause, because it would contain parts of the key.
    throw new AppError(
      'SOURCE_REFUSED',
      '"serviceAccount" is not a valid service account key. Paste the JSON file that Google provides.',
    );
  }
}

/** RFC 7523, RS256. */
function signJwt(account: z.infer<typeof Account>, audience: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  const claims = { iss: account.client_email, scope: SCOPE, aud: audience, iat: seconds, exp: seconds + 3600 };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(account.private_key, 'base64url')}`;
  } catch {
    throw new AppError('SOURCE_REFUSED', 'The private key in "serviceAccount" is invalid.');
  }
}

async function post(context: ConnectorContext, url: string, form: Record<string, string>) {
  const response = await context.host.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    allow: [401, 403],
  });
  const parsed = response.status === 200 ? Token.safeParse(await response.json()) : null;
  if (parsed?.success) return parsed.data;
  await response.drop();
  const why = 'The key may be revoked, or the clock of this server may be wrong.';
  throw new AppError('SOURCE_REFUSED', `Google denied access (status ${response.status}). ${why}`);
}
