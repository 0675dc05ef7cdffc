import { type ChildProcess, fork } from 'node:child_process';
import type { Inbox } from './inbox.ts';
import type { ParseLimits } from './limits.ts';
import type { OcrMode } from './ocr/settings.ts';
import {
  bubblewrapArguments,
  permissionFlags,
  type Reach,
  type Sandbox,
  STATUS_DESCRIPTOR,
  UNSHARE_ARGUMENTS,
} from './sandbox.ts';
import type { SpeechMode } from './speech/settings.ts';

export interface ChildOptions {
  childModule: string;
  maxMemoryBytes: number;
  pageDeadlineMs: number;
  limits: ParseLimits;
  ocr: OcrMode;
  speech: SpeechMode;
  sandbox: Sandbox;
  /** Folder of the children's inboxes. */
  workFolder: string;
}

/**
 * Starts a child that sees no secrets in the environment and no files except code, models and the file in its inbox.
 * Only children for OCR and speech may load native code, which the permission model does not restrict.
 */
export function forkChild(options: ChildOptions, inbox: Inbox): ChildProcess {
  const { childModule, maxMemoryBytes, sandbox } = options;
  const reach = resolveScope(options, inbox);
  const heapMegabytes = Math.max(64, Math.floor((maxMemoryBytes / 1024 / 1024) * 0.75));
  const flags = [
    `--max-old-space-size=${heapMegabytes}`,
    ...permissionFlags(reach, mayLoadNative(options)),
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
  ];
  return fork(childModule, [], {
    serialization: 'advanced',
    ...commandOf(sandbox, reach, flags),
    // Libraries look up the home folder, and in a sandbox the user is not in the user database.
    env: { TZ: 'UTC', HOME: '/tmp', ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe', sandbox.bwrap === null ? 'ignore' : 'pipe'],
  });
}

function commandOf(
  { bwrap, unshare }: Sandbox,
  reach: Reach,
  flags: string[],
): { execPath?: string; execArgv: string[] } {
  const node = [process.execPath, ...flags];
  if (bwrap !== null) {
    const status = ['--json-status-fd', `${STATUS_DESCRIPTOR}`];
    return { execPath: bwrap, execArgv: [...status, ...bubblewrapArguments(reach), ...node] };
  }
  if (unshare !== null && !reach.hasNetwork) return { execPath: unshare, execArgv: [...UNSHARE_ARGUMENTS, ...node] };
  return { execArgv: flags };
}

function resolveScope({ ocr, speech, childModule }: ChildOptions, inbox: Inbox): Reach {
  const models = [
    ...(typeof ocr === 'object' ? ocr.folders : []),
    ...(typeof speech === 'object' && !speech.endpoint ? [speech.modelPath] : []),
  ];
  const hasNetwork = typeof speech === 'object' && speech.endpoint !== undefined;
  return { readable: [inbox.folder, childModule, ...models], hasNetwork };
}

const mayLoadNative = ({ ocr, speech }: ChildOptions) => typeof ocr === 'object' || typeof speech === 'object';
