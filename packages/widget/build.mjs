// Builds the scripts that the server serves, and the React component. Run by scripts/bootstrap.mjs with the web app.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = import.meta.dirname;
const VITE = join(FOLDER, 'node_modules/vite/bin/vite.js');

rmSync(join(FOLDER, 'dist'), { recursive: true, force: true });
for (const entry of ['widget', 'frame', 'test', 'react']) {
  const run = spawnSync(process.execPath, [VITE, 'build', '--logLevel', 'warn'], {
    cwd: FOLDER,
    env: { ...process.env, NODE_ENV: 'production', WIDGET_ENTRY: entry },
    stdio: ['ignore', 2, 2],
  });
  if (run.status !== 0) process.exit(1);
}
