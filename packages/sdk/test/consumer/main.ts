// The acceptance program in a process: Node, Bun, Deno.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { runAcceptance } from './acceptance.ts';

const { LOREBOX_URL = '', LOREBOX_API_KEY = '', RUNTIME = '' } = process.env;
const seen = await runAcceptance(`Acceptance on ${RUNTIME}`, LOREBOX_URL, LOREBOX_API_KEY);

// File paths, which browsers don't have.
const lorebox = new Lorebox({ baseUrl: LOREBOX_URL, apiKey: LOREBOX_API_KEY });
const { slug } = await lorebox.workspaces.create({ name: `Paths on ${RUNTIME}` });
const path = join(tmpdir(), `lorebox-acceptance-${process.pid}.txt`);
writeFileSync(path, 'The path was read.');
const { documents } = await lorebox.documents.upload(slug, [{ path, name: 'path.txt' }]);
await lorebox.workspaces.delete(slug);
console.log(JSON.stringify({ ...seen, path: documents[0]?.filename }));
