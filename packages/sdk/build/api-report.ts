// Writes api-report.md, checked in: everything that the built package exports, with its signature, so that a change of the
// public API shows in review. Made by API Extractor from dist/, which is built first. Its own copy of TypeScript reads the
// declarations, because TypeScript 7 has no JavaScript API.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, type ExtractorLogLevel } from '@microsoft/api-extractor';
import { buildPackage } from './build.ts';

const PACKAGE = join(import.meta.dirname, '..');
const ENTRIES = { '@lorebox/sdk': 'index', '@lorebox/sdk/webhooks': 'webhooks' };
const INTRO = `# What @lorebox/sdk exports

Made by \`node packages/sdk/build/api-report.ts\` from the built declarations.
`;
// An enum, which type stripping can't import as a value.
const level = (name: 'error' | 'none') => name as ExtractorLogLevel;

/** @throws Error when an export mentions a type that is not exported. */
function reportEntry(entry: string, folder: string): string {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(PACKAGE, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: PACKAGE,
      mainEntryPointFilePath: join(PACKAGE, `dist/${entry}.d.ts`),
      compiler: { overrideTsconfig: { compilerOptions: COMPILER_OPTIONS, files: [`dist/${entry}.d.ts`] } },
      apiReport: { enabled: true, reportFileName: `${entry}.api.md`, reportFolder: folder, reportTempFolder: folder },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: level('none') },
          'ae-forgotten-export': { logLevel: level('error') },
        },
        compilerMessageReporting: { default: { logLevel: level('error') } },
        tsdocMessageReporting: { default: { logLevel: level('none') } },
      },
    },
  });
  const problems: string[] = [];
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel === 'error') problems.push(message.formatMessageWithLocation(PACKAGE));
      message.handled = true;
    },
  });
  if (!succeeded || problems.length > 0) throw new Error(`API Extractor failed:\n${problems.join('\n')}`);
  return readFileSync(join(folder, `${entry}.api.md`), 'utf8');
}

const COMPILER_OPTIONS = {
  ...{ target: 'es2024', lib: ['esnext'], module: 'nodenext', moduleResolution: 'nodenext' },
  ...{ strict: true, skipLibCheck: true, types: ['node'] },
};

/** The declarations of a report without its own heading, and without remarks on missing comments. */
function readCode(report: string): string {
  const start = report.indexOf('```ts');
  return report
    .slice(start)
    .replaceAll('\r\n', '\n')
    .replace(/^ *\/\/ \(undocumented\)\n/gm, '')
    .replaceAll('// @public (undocumented)\n', '// @public\n')
    .replace('\n// (No @packageDocumentation comment for this package)\n', '');
}

await buildPackage();
const folder = mkdtempSync(join(tmpdir(), 'lorebox-api-report-'));
try {
  const entries = Object.entries(ENTRIES).map(
    ([name, entry]) => `\n## ${name}\n\n${readCode(reportEntry(entry, folder))}`,
  );
  writeFileSync(join(PACKAGE, 'api-report.md'), INTRO + entries.join(''));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
