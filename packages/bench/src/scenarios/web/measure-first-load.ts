import { gzipSync } from 'node:zlib';
import { figure } from '../../report.ts';
import type { BrowserSession } from './browser-session.ts';

/** What a browser without a cache loads for a page. */
export async function measureFirstLoad({ browser, server, user, context }: BrowserSession): Promise<string[][]> {
  const { slug } = await user.mutate<{ slug: string }>('workspaces.create', { name: 'First load' });
  const rows: string[][] = [];
  for (const path of ['/login', `/w/${slug}`, `/w/${slug}/documents`, '/search']) {
    const storage = path === '/login' ? undefined : await context.storageState();
    const fresh = await browser.newContext({
      baseURL: server.lorebox.url,
      serviceWorkers: 'block',
      ...(storage ? { storageState: storage } : {}),
    });
    const page = await fresh.newPage();
    const sizes: { isScript: boolean; bytes: number }[] = [];
    page.on('response', async (response) => {
      if (new URL(response.url()).pathname.startsWith('/trpc')) return;
      const body = await response.body().catch(() => null);
      if (!body) return;
      const isScript = response.headers()['content-type']?.startsWith('text/javascript') ?? false;
      sizes.push({ isScript, bytes: gzipSync(body).length });
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    const sum = (list: typeof sizes) => figure(list.reduce((total, { bytes }) => total + bytes, 0) / 1000);
    rows.push([
      path.replace(slug, '…'),
      String(sizes.length),
      sum(sizes.filter(({ isScript }) => isScript)),
      sum(sizes),
    ]);
    await fresh.close();
  }
  return rows;
}
