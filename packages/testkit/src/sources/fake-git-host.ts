import { createHash } from 'node:crypto';
import { type FakeSite, type SiteAnswer, type SiteRequest, startFakeSite } from '../fake-site.ts';

export interface FakeGitHost extends FakeSite {
  /** Path -> text on the branch "main" of the repository "ada/notes". */
  readonly files: Map<string, string>;
  /** GitHub only: the tree is too large for one response. */
  isHuge: boolean;
}

type Kind = 'github' | 'gitlab' | 'gitea';
const PAGE = 10;
const TOKENS: Record<Kind, [string, string]> = {
  github: ['authorization', 'Bearer good-token'],
  gitlab: ['private-token', 'good-token'],
  gitea: ['authorization', 'token good-token'],
};

/** Starts one of the three APIs with a private repository. Its token is "good-token". */
export async function startFakeGitHost(kind: Kind): Promise<FakeGitHost> {
  const state = { files: new Map<string, string>(), isHuge: false };
  const routes = { github: answerGitHub, gitlab: answerGitLab, gitea: answerGitea };
  const site = await startFakeSite((request) => {
    const [header, value] = TOKENS[kind];
    if (request.headers[header] !== value) return { status: 401, json: { message: 'Bad credentials' } };
    return routes[kind](request, state.files, state.isHuge);
  });
  return Object.defineProperties(state, Object.getOwnPropertyDescriptors(site)) as FakeGitHost;
}

/** Computes the hash like git. */
const blobOf = (text: string) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
const commitOf = (files: Map<string, string>) =>
  createHash('sha1')
    .update(JSON.stringify([...files]))
    .digest('hex');
const treeOf = (files: Map<string, string>) => [
  ...[...files].map(([path, text]) => ({ path, type: 'blob', mode: '100644', sha: blobOf(text), size: text.length })),
  { path: 'a-link', type: 'blob', mode: '120000', sha: '0'.repeat(40), size: 4 },
  { path: 'a-module', type: 'commit', mode: '160000', sha: '1'.repeat(40) },
];
const bySha = (files: Map<string, string>, sha: string) => [...files.values()].find((text) => blobOf(text) === sha);
const raw = (text: string | undefined): SiteAnswer | null => (text === undefined ? null : { body: text });

function answerGitHub({ url, headers }: SiteRequest, files: Map<string, string>, isHuge: boolean): SiteAnswer | null {
  const path = url.pathname.replace('/repos/ada/notes', '');
  const commit = commitOf(files);
  if (path === '') return { json: { default_branch: 'main', html_url: 'https://github.com/ada/notes' } };
  if (path === '/commits/main') return headers.accept?.includes('sha') ? { body: commit } : { json: { sha: commit } };
  const [, tree] = /^\/git\/trees\/(\w+)$/.exec(path) ?? [];
  if (tree === commit && !isHuge) return { json: { sha: commit, truncated: false, tree: treeOf(files) } };
  if (tree !== undefined)
    return { json: folderOf(files, tree === commit ? '' : Buffer.from(tree, 'hex').toString(), url) };
  const [, sha] = /^\/git\/blobs\/(\w+)$/.exec(path) ?? [];
  return sha && headers.accept?.includes('raw') ? raw(bySha(files, sha)) : null;
}

/** Returns one level, or the response to a recursive listing that is too large. */
function folderOf(files: Map<string, string>, folder: string, url: URL) {
  if (url.searchParams.has('recursive')) return { truncated: true, tree: treeOf(files).slice(0, 1) };
  const inside = treeOf(files).filter(({ path }) => path.startsWith(folder));
  const entries = inside.map(({ path, ...entry }) => ({ ...entry, path: path.slice(folder.length) }));
  const names = new Set(entries.flatMap(({ path }) => (path.includes('/') ? (path.split('/', 1)[0] ?? []) : [])));
  const trees = [...names].map((path) => {
    return { path, type: 'tree', mode: '040000', sha: Buffer.from(`${folder}${path}/`).toString('hex') };
  });
  return { truncated: false, tree: [...entries.filter(({ path }) => !path.includes('/')), ...trees] };
}

function answerGitLab({ url }: SiteRequest, files: Map<string, string>): SiteAnswer | null {
  const path = url.pathname.replace('/api/v4/projects/ada%2Fnotes', '');
  const commit = commitOf(files);
  if (path === '') return { json: { default_branch: 'main', web_url: 'https://gitlab.com/ada/notes' } };
  if (path === '/repository/commits/main') return { json: { id: commit } };
  if (path === '/repository/tree' && url.searchParams.get('ref') === commit) {
    const entries = treeOf(files).map(({ sha: id, ...entry }) => ({ id, ...entry }));
    const page = Number(url.searchParams.get('page') ?? 1);
    const next = page * PAGE < entries.length ? String(page + 1) : '';
    return { headers: { 'x-next-page': next }, json: entries.slice((page - 1) * PAGE, page * PAGE) };
  }
  const [, sha] = /^\/repository\/blobs\/(\w+)\/raw$/.exec(path) ?? [];
  return sha ? raw(bySha(files, sha)) : null;
}

function answerGitea({ url }: SiteRequest, files: Map<string, string>): SiteAnswer | null {
  const path = url.pathname.replace('/api/v1/repos/ada/notes', '');
  const commit = commitOf(files);
  if (path === '') return { json: { default_branch: 'main', html_url: 'https://codeberg.org/ada/notes' } };
  if (path === '/git/commits/main') return { json: { sha: commit } };
  if (path === `/git/trees/${commit}`) {
    const page = Number(url.searchParams.get('page') ?? 1);
    const entries = treeOf(files);
    const truncated = page * PAGE < entries.length;
    return { json: { sha: commit, truncated, page, tree: entries.slice((page - 1) * PAGE, page * PAGE) } };
  }
  const [, name] = /^\/raw\/(.+)$/.exec(path) ?? [];
  return name && url.searchParams.get('ref') === commit ? raw(files.get(decodeURIComponent(name))) : null;
}
