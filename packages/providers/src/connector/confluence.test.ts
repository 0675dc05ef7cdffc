import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakeConfluence } from '@lorebox/testkit/sources/fake-confluence';
import { expect, it } from 'vitest';
import { confluence } from './confluence.ts';

const configOf = (url: string, token = 'good-token') => ({
  url: `${url}/wiki/`,
  spaces: ['DOCS'],
  username: 'ada@example.com',
  token,
});

testConnector('confluence', async () => {
  const wiki = await startFakeConfluence();
  return {
    connector: confluence,
    config: configOf(wiki.url),
    site: wiki,
    put: wiki.pages.put,
    remove: wiki.pages.remove,
    wrong: { config: configOf(wiki.url, 'bad-token'), message: /status 401/ },
    close: wiki.close,
  };
});

it('a Confluence page has its space, location and author', async () => {
  const wiki = await startFakeConfluence();
  wiki.pages.put('Tides & <b>', 'Twice a day.');
  const harness = new ConnectorHarness(confluence, configOf(wiki.url));
  await harness.sync();
  expect(harness.items.get('100')).toMatchObject({
    title: 'Tides & <b>',
    url: `${wiki.url}/wiki/spaces/DOCS/pages/100`,
    metadata: { space: 'Documentation', path: 'Home / Tides & <b>', author: 'Ada' },
  });
  expect(harness.text('100')).toContain('<h1>Tides &amp; &lt;b&gt;</h1>\n<p>Twice a day.</p>');
  await wiki.close();
});
