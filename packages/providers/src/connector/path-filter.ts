import { compileGlob } from './glob.ts';

/**
 * Whether a path (with slashes, without a leading one) is selected. A glob without a slash matches names at any depth.
 */
export function createPathFilter(include: readonly string[], exclude: readonly string[]): (path: string) => boolean {
  const match = (patterns: readonly string[]) => {
    const globs = patterns.map((pattern) =>
      compileGlob(pattern.includes('/') ? pattern.replace(/^\.?\//, '') : `**/${pattern}`),
    );
    return (path: string) => globs.some((glob) => glob(path));
  };
  const isIn = include.length === 0 ? () => true : match(include);
  const isOut = exclude.length === 0 ? () => false : match(exclude);
  return (path) => isIn(path) && !isOut(path);
}
