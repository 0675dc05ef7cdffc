// Generates docs/errors.md from the error table of the contract.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../../packages/contract/src/errors.ts';

const rows = Object.entries(ERROR_CODES).map(
  ([code, { http, message, remedy }]) => `| \`${code}\` | ${http} | ${message} | ${remedy} |`,
);
writeFileSync(
  join(import.meta.dirname, '../../docs/errors.md'),
  `# Errors

Generated from packages/contract/src/errors.ts by \`npm run gen\`. Do not edit.

All interfaces return the same errors. REST returns problem details (RFC 9457): \`type\`, \`title\`, \`status\`, a human-readable
\`detail\`, a stable \`code\` to branch on, and a \`requestId\` to search for in the server log. tRPC returns the same data in
\`error.data\` (\`appCode\`, \`requestId\`, \`retryAfter\`, \`fields\`). The SDKs throw one class per kind of error, with \`code\`, \`status\`,
\`requestId\`, \`retryAfter\` and \`isRetryable\`. After a stream has started, errors are events: \`answer-error\` in answers,
\`error\` in other streams.

| Code | HTTP | Message | What to do |
|---|---|---|---|
${rows.join('\n')}
`,
);
