import { AppError, isAppError } from '@lorebox/contract/errors';
import type { SourceHosts } from '@lorebox/ports/connector';
import type { Config } from '../../config.ts';
import { openGuardedSession, type SessionOptions } from '../../fetch/guarded-session.ts';
import { resolvePublic } from '../../fetch/pinned-agent.ts';
import { VERSION } from '../../version.ts';
import { allowedFolder } from './allowed-folder.ts';
import { renderPage } from './render-page.ts';

export interface HostOptions extends SessionOptions {
  /** Folders that may be read. */
  folders: readonly string[];
  dataDir: string;
  /** Path of a Chromium binary; null if there is none. */
  chromium: string | null;
  hasSandbox: boolean;
}

export function hostOptionsOf({ fetch, sources, dataDir }: Config): HostOptions {
  return {
    allow: fetch.allow,
    folders: sources.folders,
    dataDir,
    chromium: sources.chromium.path,
    hasSandbox: sources.chromium.hasSandbox,
    timeoutMs: sources.timeoutMs,
    userAgent: `Lorebox/${VERSION}`,
  };
}

/** What a sync run can access: the network through the guard, allowed folders, and a browser if there is one. */
export function createSourceHosts(options: HostOptions): SourceHosts {
  return {
    open() {
      const { fetch, close } = openGuardedSession(options);
      return {
        fetch,
        close,
        async resolve(host, port) {
          const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
          if (!URL.canParse(`http://${name}/`))
            throw new AppError('SOURCE_REFUSED', `"${host}" is not a valid hostname.`);
          try {
            return (await resolvePublic(new URL(`http://${name}:${port}/`), options.allow)).address;
          } catch (error) {
            if (!isAppError(error) || error.code !== 'BAD_REQUEST') throw error;
            throw new AppError('SOURCE_FAILED', error.message, { cause: error });
          }
        },
        folder: (path) => allowedFolder(path, options.folders, options.dataDir),
        render: (url, signal) => renderPage(url, { ...options, signal }),
      };
    },
  };
}
