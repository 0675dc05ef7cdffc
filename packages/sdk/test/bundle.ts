import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/** Returns a minified bundle of a project file for browsers. */
export async function bundleForBrowser(
  project: string,
  file: string,
  external: readonly string[] = [],
): Promise<string> {
  const build = await rolldown({
    cwd: project,
    input: join(project, file),
    platform: 'browser',
    external: [...external],
  });
  const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false });
  await build.close();
  return output[0].code;
}

/** Returns the gzipped size in kB (1,000 bytes), to one decimal. */
export const gzipSize = (code: string): number => Math.round(gzipSync(code, { level: 9 }).length / 100) / 10;
