import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { OcrNeeded } from '../ocr/settings.ts';
import { serveRequests } from '../serve-requests.ts';

export interface Attack {
  files: string[];
  write: string;
  port: number;
  /** Image read by native code, which the permission model does not restrict. */
  image: string | null;
}

/** Result of each attempt: true if it succeeded. */
export interface AttackReport {
  files: string[];
  /** PIDs of processes outside the sandbox. */
  hasWritten: boolean;
  hasConnected: boolean;
  hasReadNatively: boolean;
  variables: string[];
  /** The file that it is allowed to read. */
  ownFile: string;
}

/** A parser controlled by an attacker. The filename contains the plan. */
serveRequests(async (request, options) => {
  if (options.ocr === 'defer') throw new OcrNeeded();
  const plan = JSON.parse(request.filename) as Attack;
  const report: AttackReport = {
    files: plan.files.filter((path) => succeeds(() => (path.endsWith('/') ? readdirSync(path) : readFileSync(path)))),
    hasWritten: succeeds(() => writeFileSync(plan.write, 'x')),
    hasConnected: await canConnect(plan.port),
    hasReadNatively: plan.image !== null && typeof options.ocr === 'object' && (await canReadNatively(plan.image)),
    variables: Object.keys(process.env).sort(),
    ownFile: readFileSync(request.path, 'utf8'),
  };
  return { text: JSON.stringify(report), blocks: [], format: 'text', metadata: {}, warnings: [] };
});

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function canReadNatively(path: string): Promise<boolean> {
  const { default: sharp } = await import('sharp');
  return sharp(path)
    .metadata()
    .then(
      () => true,
      () => false,
    );
}
