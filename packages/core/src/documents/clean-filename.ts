import { cleanName } from '../text/clean-name.ts';

/** The last segment of a path that a client sent. Only for display; no file is opened by this name. */
export function cleanFilename(name: string): string {
  const last = name.split(/[\\/]/).findLast((part) => part !== '' && part !== '.' && part !== '..') ?? '';
  return cleanName(last).slice(0, 300) || 'unnamed';
}
