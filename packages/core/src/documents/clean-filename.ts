import { cleanName } from '../text/clean-name.ts';

/** The last part of whatever path a client sent. It is shown, never opened. */
export function cleanFilename(name: string): string {
  const last = name.split(/[\\/]/).findLast((part) => part !== '' && part !== '.' && part !== '..') ?? '';
  return cleanName(last).slice(0, 300) || 'unnamed';
}
