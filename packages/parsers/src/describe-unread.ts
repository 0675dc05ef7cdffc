/** Warns about a nested file. `failure` says why it can't be read, and what to do about it. */
export function describeUnread(name: string, failure: string | undefined): string {
  return `${name} was not read: ${failure ?? 'It contains no text.'}`;
}
