/** The path to open after sign-in. Only a path of this app: a link must not lead to another site through the sign-in. */
export function safePath(path: string | undefined): string {
  if (path === undefined || !/^\/(?![/\\])/.test(path)) return '/';
  const url = new URL(path, 'http://lorebox.invalid');
  return url.host === 'lorebox.invalid' ? `${url.pathname}${url.search}${url.hash}` : '/';
}
