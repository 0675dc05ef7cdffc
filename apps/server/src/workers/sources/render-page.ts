import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import { parseUrl, resolvePublic } from '../../fetch/pinned-agent.ts';
import { startGuardingProxy } from './guarding-proxy.ts';

export interface RenderOptions {
  chromium: string | null;
  /**
   * False if the machine doesn't support a sandbox and an admin has accepted that. Pages then run with the permissions
   * of the server.
   */
  hasSandbox: boolean;
  allow: readonly string[];
  signal: AbortSignal;
}

const TIMEOUT_MS = 60_000;
/** Virtual time that the scripts of a page may use. */
const SCRIPT_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** Chromium has no sandbox for root, so a server that runs as root starts it as `nobody`. */
const NOBODY = 65_534;
const SANDBOX_MESSAGE =
  "The browser sandbox doesn't work on this machine. Allow unprivileged user namespaces, install chromium-sandbox, or set LOREBOX_CHROMIUM_SANDBOX=off if you trust the pages.";

/**
 * Returns the DOM of a page after its scripts ran, in a separate browser that reaches the network only through our
 * guard.
 */
export async function renderPage(
  address: string,
  { chromium, hasSandbox, allow, signal }: RenderOptions,
): Promise<string> {
  if (chromium === null) {
    const how = 'Install Chromium and set LOREBOX_CHROMIUM to its path, or turn off "javascript" for this source.';
    throw new AppError('SOURCE_REFUSED', `Pages with scripts require a browser. ${how}`);
  }
  const url = parseUrl(address);
  await resolvePublic(url, allow);
  const proxy = await startGuardingProxy(allow);
  const profile = await mkdtemp(join(tmpdir(), 'lorebox-browser-'));
  try {
    if (hasSandbox && isRoot()) await chown(profile, NOBODY, NOBODY);
    return await dump(chromium, argumentsFor(url, proxy.url, profile, hasSandbox), profile, {
      signal,
      asNobody: hasSandbox && isRoot(),
    });
  } catch (error) {
    signal.throwIfAborted();
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw new AppError('SOURCE_REFUSED', `No browser found at ${chromium} (LOREBOX_CHROMIUM).`);
    if (isWithoutSandbox(error)) throw new AppError('SOURCE_REFUSED', SANDBOX_MESSAGE, { cause: error });
    throw new AppError('SOURCE_FAILED', `The browser failed to load ${url.href}.`, { cause: error });
  } finally {
    proxy.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

const isRoot = () => process.getuid?.() === 0;

const isWithoutSandbox = (error: unknown) =>
  error instanceof Error && /no usable sandbox|setuid sandbox/i.test(error.message);

function argumentsFor(url: URL, proxy: string, profile: string, hasSandbox: boolean): string[] {
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
    // By default, Chromium bypasses the proxy for loopback, which would bypass the guard.
    '--proxy-bypass-list=<-loopback>',
    // WebRTC could bypass the proxy.
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    ...(hasSandbox ? [] : ['--no-sandbox']),
    `--virtual-time-budget=${SCRIPT_MS}`,
    '--dump-dom',
    url.href,
  ];
}

function dump(
  chromium: string,
  args: string[],
  home: string,
  { signal, asNobody }: { signal: AbortSignal; asNobody: boolean },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const user = asNobody ? { uid: NOBODY, gid: NOBODY } : {};
    const limits = { ...user, timeout: TIMEOUT_MS, maxBuffer: MAX_BYTES, signal, killSignal: 'SIGKILL' as const };
    // The server's environment contains secrets, so the browser doesn't inherit it.
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8' };
    const options = process.platform === 'win32' ? limits : { ...limits, env };
    execFile(chromium, args, options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}
