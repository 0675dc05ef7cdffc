import { request } from 'node:http';
import { parseArgs } from 'node:util';
import { longestHealthWait } from '@lorebox/testkit/health-probe';
import { startLorebox } from '@lorebox/testkit/lorebox-process';
import { figure, printHeading, printNote, printTable, progress } from '../report.ts';

const MB = 1024 * 1024;
const BODIES: Record<string, [start: string, piece: string]> = {
  objects: ['{"json":[', '{},'],
  digits: ['{"meta":{"values":["bigint"]},"json":"', '9'],
  levels: ['{"json":', '['],
  quotes: ['{"json":', '"'],
  text: ['{"json":"', 'xyz '],
};
const SURFACES = [
  '/trpc/auth.login',
  '/trpc/documents.importTexts',
  '/v1/workspaces/hostile/texts',
  '/openai/v1/chat/completions',
];
const QUERIES = ['.', 'a.', '"', '“', '[', '(', '\u0301', '漢', '\u202e', 'a-1.', '-', '*', '{', '\\', '%', ' a'];

/**
 * Measures how long another client waits for its health check while one client sends requests meant to block the
 * server.
 */
export async function hostile(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { megabytes: { type: 'string', default: '1,100' } } });
  const server = await startLorebox();
  const headers = { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' };
  await fetch(`${server.url}/v1/workspaces`, { method: 'POST', headers, body: JSON.stringify({ name: 'hostile' }) });
  const rows: string[][] = [];
  const measure = async (label: string, work: () => Promise<unknown>) => {
    progress(label);
    const { ms, asked } = await longestHealthWait(server.url, work);
    rows.push([label, figure(ms), String(asked)]);
  };
  const idle = () => new Promise((resolve) => setTimeout(resolve, 2000));
  await measure('nothing, for comparison', idle);
  for (const megabytes of values.megabytes.split(',').map(Number)) {
    for (const path of SURFACES) {
      await measure(`${megabytes} MB to ${path}, ${Object.keys(BODIES).length} kinds`, async () => {
        for (const [start, piece] of Object.values(BODIES))
          await send(`${server.url}${path}`, headers, start, piece, megabytes * MB);
      });
    }
  }
  await measure(`${QUERIES.length} searches of 2,000 characters`, async () => {
    for (const piece of QUERIES) {
      const query = piece.repeat(Math.floor(2000 / piece.length));
      const body = JSON.stringify({ query });
      await (
        await fetch(`${server.url}/v1/workspaces/hostile/search`, { method: 'POST', headers, body })
      ).arrayBuffer();
    }
  });
  await server.dispose();
  printHeading('Health checks of others while one caller is hostile');
  printTable(['meanwhile', 'longest wait ms', 'checks'], rows);
  printNote('A caller without limits held the server up for 38 s with 60 MB, and for 25 s with a search of 20 KB.');
}

/** Sends a body until the server stops reading. */
function send(
  url: string,
  headers: Record<string, string>,
  start: string,
  piece: string,
  bytes: number,
): Promise<void> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' } });
    sent.on('response', (response) => response.resume().on('close', resolve).on('error', resolve));
    sent.on('error', () => resolve());
    const block = piece.repeat(Math.ceil(65_536 / piece.length));
    let written = 0;
    const write = () => {
      while (!sent.destroyed && written < bytes) {
        written += block.length;
        if (!sent.write(block)) {
          sent.once('drain', write);
          return;
        }
      }
      sent.end();
    };
    sent.write(start);
    write();
  });
}
