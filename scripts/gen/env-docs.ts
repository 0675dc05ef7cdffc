// Generates docs/configuration.md and .env.example from the server's schema.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Env } from '../../apps/server/src/env.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Set by the start script, not by users. */
const INTERNAL = new Set(['LOREBOX_PARENT_PID']);

const fields = Object.entries(Env.shape)
  .filter(([name]) => !INTERNAL.has(name))
  .map(([name, schema]) => {
    const parsed = schema.safeParse(undefined);
    const value = parsed.success ? parsed.data : undefined;
    const fallback = Array.isArray(value) ? value.join(',') : value === undefined ? '' : String(value);
    return { name, fallback, text: schema.description ?? '' };
  });

const rows = fields.map(
  ({ name, fallback, text }) => `| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${text} |`,
);
writeFileSync(
  join(ROOT, 'docs/configuration.md'),
  `# Configuration\n\nGenerated from apps/server/src/env.ts by \`npm run gen\`. Do not edit.\n\nSet these environment variables to configure the server. At startup, it reports all invalid settings at once.\n\n| Variable | Default | Description |\n|---|---|---|\n${rows.join('\n')}\n`,
);
const lines = fields.map(({ name, fallback, text }) => `# ${text}\n# ${name}=${fallback}\n`);
writeFileSync(
  join(ROOT, '.env.example'),
  `# Generated from apps/server/src/env.ts by \`npm run gen\`. Do not edit.\n\n${lines.join('\n')}`,
);
