import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakeGitHost } from '@lorebox/testkit/sources/fake-git-host';
import { expect, it } from 'vitest';
import { github } from './github.ts';

const ADDRESS = 'apiUrl';
const configOf = (url: string, token = 'good-token') => ({ repository: 'ada/notes', [ADDRESS]: url, token });

testConnector('github', async () => {
  const host = await startFakeGitHost('github');
  return {
    connector: github,
    config: configOf(host.url),
    site: host,
    put: (name, text) => void host.files.set(name, text),
    remove: (name) => void host.files.delete(name),
    wrong: { config: configOf(host.url, 'bad-token'), message: /status 401/ },
    close: host.close,
  };
});

it('an unchanged github branch is not listed; globs select files; files have a URL', async () => {
  const host = await startFakeGitHost('github');
  host.files
    .set('docs/deep/one.md', 'One.')
    .set('src/main.ts', 'main()')
    .set('logo.png', 'png')
    .set('README.md', 'Read.');
  const harness = new ConnectorHarness(github, { ...configOf(host.url), exclude: ['src/**'] });
  await harness.sync();
  expect([...harness.items.keys()].sort()).toEqual(['README.md', 'docs/deep/one.md']);
  expect(harness.items.get('docs/deep/one.md')).toMatchObject({
    filename: 'one.md',
    url: expect.stringMatching(/^https:.*main\/docs\/deep\/one\.md$/),
    metadata: { path: 'docs/deep/one.md', branch: 'main' },
  });
  const before = host.requests.length;
  expect(await harness.sync()).toMatchObject({ isFull: false, removed: [] });
  expect(host.requests.length - before).toBe(2);
  await host.close();
});

it('a tree that is too large for one response is read folder by folder', async () => {
  const host = await startFakeGitHost('github');
  host.isHuge = true;
  for (const path of ['README.md', 'a/one.md', 'a/deep/two.md', 'b/three.md']) host.files.set(path, `In ${path}.`);
  const harness = new ConnectorHarness(github, configOf(host.url));
  await harness.sync();
  expect([...harness.items.keys()].sort()).toEqual(['README.md', 'a/deep/two.md', 'a/one.md', 'b/three.md']);
  expect(harness.text('a/deep/two.md')).toBe('In a/deep/two.md.');
  await host.close();
});
