import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * Returns the problems that publint (strict) and Are The Types Wrong (ESM only) find in a packed package; empty if
 * there are none.
 */
export async function lintPackage(tarball: string): Promise<string[]> {
  const bytes = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true, level: 'suggestion' });
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (analysis.types === false) return ['There are no types.'];
  // Ignores problems of CommonJS and of resolution without `exports`.
  const problems = analysis.problems.filter(
    (problem) =>
      problem.kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
  );
  return [
    ...messages.map((message) => formatMessage(message, pkg) ?? message.code),
    ...problems.map((problem) => JSON.stringify(problem)),
  ];
}
