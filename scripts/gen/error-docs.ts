// Makes docs/errors.md from the error table of the contract.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../../packages/contract/src/errors.ts';

const rows = Object.entries(ERROR_CODES).map(
  ([code, { http, message, remedy }]) => `| \`${code}\` | ${http} | ${message} | ${remedy} |`,
);
writeFileSync(
  join(import.meta.dirname, '../../docs/errors.md'),
  `# Errors

Made from packages/contract/src/errors.ts by \`pnpm gen\`; do not edit.

Every surface tells the same errors. REST answers with problem details (RFC 9457): \`type\`, \`title\`, \`status\`, \`detail\` for
people, \`code\` to branch on, and \`requestId\`, by which the server's log has its line. tRPC has the same in \`error.data\`
(\`appCode\`, \`requestId\`, \`retryAfter\`). The SDKs throw a class per kind, with \`code\`, \`status\`, \`requestId\`, \`retryAfter\`
and \`isRetryable\`. After the first byte of a stream an error is an event: \`answer-error\` in answers, \`error\` elsewhere.

| Code | HTTP | What it says | What to do |
|---|---|---|---|
${rows.join('\n')}
`,
);
