import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakeGitHost } from '@lorebox/testkit/sources/fake-git-host';
import { expect, it } from 'vitest';
import { gitlab } from './gitlab.ts';

const ADDRESS = 'url';
const configOf = (url: string, token = 'good-token') => ({ repository: 'ada/notes', [ADDRESS]: url, token });

testConnector('gitlab', async () => {
  const host = await startFakeGitHost('gitlab');
  return {
    connector: gitlab,
    config: configOf(host.url),
    site: host,
    put: (name, text) => void host.files.set(name, text),
    remove: (name) => void host.files.delete(name),
    wrong: { config: configOf(host.url, 'bad-token'), message: /status 401/ },
    close: host.close,
  };
});

it('an unchanged gitlab branch is not listed; globs select files; files have a URL', async () => {
  const host = await startFakeGitHost('gitlab');
  host.files
    .set('docs/deep/one.md', 'One.')
    .set('src/main.ts', 'main()')
    .set('logo.png', 'png')
    .set('README.md', 'Read.');
  const harness = new ConnectorHarness(gitlab, { ...configOf(host.url), exclude: ['src/**'] });
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
