#!/usr/bin/env node
// The `lorebox-server` command: starts the server in the working directory's data folder, or prints help.
import { readFileSync } from 'node:fs';

const HELP = `lorebox-server starts Lorebox, a self-hosted AI workspace.

Usage: lorebox-server [--help] [--version]

Settings are environment variables, or lines in a file .env in the working directory:
  LOREBOX_DATA_DIR  data folder (default: ./data)
  PORT              port to listen on (default: 3001)
  HOST              address to listen on (default: 127.0.0.1)

All settings: docs/configuration.md in this package.
`;
const MIN_NODE = [22, 19];

const [argument, ...rest] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (argument === '--help' || argument === '-h') process.stdout.write(HELP);
else if (argument === '--version' || argument === '-V') {
  const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else if (argument !== undefined || rest.length > 0) {
  process.stderr.write(`Unknown argument: ${argument}. See lorebox-server --help.\n`);
  process.exitCode = 2;
} else if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
  process.stderr.write(`Lorebox requires Node ${MIN_NODE.join('.')} or newer; this is ${process.version}.\n`);
  process.exitCode = 1;
} else await import('./apps/server/src/main.js');
