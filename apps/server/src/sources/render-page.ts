import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import { parseUrl, resolvePublic } from '../fetch/pinned-agent.ts';
import { startGuardingProxy } from './guarding-proxy.ts';

export interface RenderOptions {
  chromium: string | null;
  allow: readonly string[];
  signal: AbortSignal;
}

const TIMEOUT_MS = 60_000;
/** Virtual time: what a page does in this much of it is waited for. */
const SCRIPT_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** The DOM of a page after its scripts ran, in a browser of its own that reaches the network through our guard alone. */
export async function renderPage(address: string, { chromium, allow, signal }: RenderOptions): Promise<string> {
  if (chromium === null) {
    const how = 'Install Chromium and set LOREBOX_CHROMIUM to its path, or switch "javascript" off for this source.';
    throw new AppError('SOURCE_REFUSED', `Pages with scripts need a browser. ${how}`);
  }
  const url = parseUrl(address);
  await resolvePublic(url, allow);
  const proxy = await startGuardingProxy(allow);
  const profile = await mkdtemp(join(tmpdir(), 'lorebox-browser-'));
  try {
    return await dump(chromium, argumentsFor(url, proxy.url, profile), profile, signal);
  } catch (error) {
    signal.throwIfAborted();
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw new AppError('SOURCE_REFUSED', `There is no browser at ${chromium} (LOREBOX_CHROMIUM).`);
    throw new AppError('SOURCE_FAILED', `The browser could not show ${url.href}.`, { cause: error });
  } finally {
    proxy.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

function argumentsFor(url: URL, proxy: string, profile: string): string[] {
  return [
    '--headless',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-sync',
    `--user-data-dir=${profile}`,
    `--proxy-server=${proxy}`,
    // Chromium spares loopback from the proxy; the guard must not be spared.
    '--proxy-bypass-list=<-loopback>',
    // WebRTC would find ways around a proxy.
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--virtual-time-budget=${SCRIPT_MS}`,
    '--dump-dom',
    url.href,
  ];
}

function dump(chromium: string, args: string[], home: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: TIMEOUT_MS, maxBuffer: MAX_BYTES, signal, killSignal: 'SIGKILL' as const };
    // The server's own environment holds secrets; what shows pages of strangers gets none of it.
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8' };
    const options = process.platform === 'win32' ? limits : { ...limits, env };
    execFile(chromium, args, options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}
