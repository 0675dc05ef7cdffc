/**
 * Removes addresses and paths of the server's own network and disk. Provider errors contain them and are shown to
 * people who can ask questions but don't run the server. Keeps the last part of a path.
 */
export function hidePlaces(text: string): string {
  return text.split(/(\s)/).map(hidePlace).join('');
}

const OPENING = '\'"`(<[{';
const CLOSING = '\'"`)>]}.,;:!?';

function hidePlace(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && OPENING.includes(word[start] ?? '')) start += 1;
  while (end > start && CLOSING.includes(word[end - 1] ?? '')) end -= 1;
  const core = word.slice(start, end);
  const name = isAddress(core) ? '(address)' : isPath(core) ? `…/${lastPart(core)}` : core;
  return name === core ? word : word.slice(0, start) + name + word.slice(end);
}

function isAddress(word: string): boolean {
  if (word.includes('://')) return true;
  const colon = word.lastIndexOf(':');
  const [host, port] = colon > 0 ? [word.slice(0, colon), word.slice(colon + 1)] : [word, ''];
  const isIpv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
  const isIpv6 = host.startsWith('[') || word.split(':').length > 3;
  return isIpv4 || (/^\d{2,5}$/.test(port) && (isIpv6 || (/^[\w-]+(?:\.[\w-]+)*$/.test(host) && /[a-z]/i.test(host))));
}

const lastPart = (path: string) => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** Matches /srv/models/x.gguf or C:\\models\\x.gguf, but not "and/or" or /v1. */
function isPath(word: string): boolean {
  return /^[a-z]:[\\/]/i.test(word) || (word.startsWith('/') && word.indexOf('/', 1) > 0) || word.startsWith('\\\\');
}
