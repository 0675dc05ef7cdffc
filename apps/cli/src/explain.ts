import { LoreboxError } from '@lorebox/sdk';
import { CommanderError } from 'commander';
import { EXIT } from './context.ts';
import { printEnvelope } from './output.ts';
import { UsageError } from './usage-error.ts';

const HINTS: Partial<Record<LoreboxError['code'], string>> = {
  UNAUTHENTICATED: 'Sign in with `lorebox login`, set LOREBOX_API_KEY, or pass --api-key.',
  CONNECTION: 'Start the server (`npm start`), or set its URL with `lorebox login`, --url or LOREBOX_URL.',
};

/** Prints an error, as JSON if requested. Returns the exit code. */
export function explain(error: unknown): number {
  const isJson = process.argv.includes('--json');
  const fail = (code: string, message: string, requestId: string | null = null, fields: readonly object[] = []) =>
    printEnvelope({ data: null, notices: [], error: { code, message, requestId, fields } });
  if (error instanceof CommanderError) {
    // Commander has already printed it to stderr. For --json, print it there as well.
    if (error.exitCode !== 0 && isJson) fail('USAGE', error.message);
    return error.exitCode === 0 ? 0 : EXIT.usage;
  }
  const isUsage = error instanceof UsageError;
  const known = error instanceof LoreboxError ? error : null;
  const hint = known ? HINTS[known.code] : undefined;
  const message = [error instanceof Error ? error.message : String(error), hint].filter((part) => part).join('\n');
  if (isJson) fail(known?.code ?? (isUsage ? 'USAGE' : 'ERROR'), message, known?.requestId, known?.fields);
  else process.stderr.write(`lorebox: ${message}\n`);
  return isUsage ? EXIT.usage : EXIT.failed;
}
