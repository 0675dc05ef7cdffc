import { AppError } from '@lorebox/contract/errors';
import { getLogo } from '@lorebox/core/branding/logo';
import type { Core } from '@lorebox/core/core';
import type { Hono } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';

/** The logo is shown as an image. Opened by itself, an SVG can't run or load anything. */
const HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'public, max-age=31536000, immutable',
};

/** Serves the logo of the installation without a credential, because the sign-in page shows it. */
export function mountLogo(app: Hono<HttpEnv>, core: Core): void {
  app.get('/branding/logo', async (c) => {
    const logo = await getLogo(core);
    if (!logo) throw new AppError('NOT_FOUND');
    return c.body(new Uint8Array(logo.bytes), 200, { ...HEADERS, 'content-type': logo.type });
  });
}
