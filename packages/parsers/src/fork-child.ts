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
  /** Where the children's inboxes are made. */
  workFolder: string;
}

/**
 * The child sees neither secrets in the environment nor any file but code, models and the one in its inbox. Native code,
 * which the permission model does not bind, is for those alone that recognise text or speech.
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
    // Libraries ask for the home folder; in a sandbox nobody is in the list of users.
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
