import picomatch from 'picomatch';

/** Whether a path (with slashes, no leading one) is wanted. A glob without a slash goes for names at any depth. */
export function createPathFilter(include: readonly string[], exclude: readonly string[]): (path: string) => boolean {
  const match = (globs: readonly string[]) =>
    picomatch(
      globs.map((glob) => (glob.includes('/') ? glob.replace(/^\.?\//, '') : `**/${glob}`)),
      { dot: true, nocase: true },
    );
  const isIn = include.length === 0 ? () => true : match(include);
  const isOut = exclude.length === 0 ? () => false : match(exclude);
  return (path) => isIn(path) && !isOut(path);
}
