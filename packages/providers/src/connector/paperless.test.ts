import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakePaperless } from '@lorebox/testkit/sources/fake-paperless';
import { expect, it } from 'vitest';
import { paperless } from './paperless.ts';

testConnector('paperless', async () => {
  const site = await startFakePaperless();
  return {
    connector: paperless,
    config: { url: site.url, token: 'good-token' },
    site,
    put: (name, text) => site.papers.put(name, text),
    remove: site.papers.remove,
    wrong: { config: { url: site.url, token: 'bad-token' }, message: /status 401/ },
    close: site.close,
  };
});

it('documents are selected by tag and read as scanned originals or archived versions', async () => {
  const site = await startFakePaperless();
  site.papers.put('bill.pdf', 'A bill.', [1]);
  site.papers.put('letter.pdf', 'A letter.', [2]);
  const config = { url: site.url, token: 'good-token', tags: ['letters'], archived: true };
  const harness = new ConnectorHarness(paperless, config);
  await harness.sync();
  expect([...harness.items.values()]).toMatchObject([
    { title: 'letter.pdf', metadata: { tags: 'Letters', correspondent: 'Harbour office' } },
  ]);
  expect(harness.text('2')).toBe('archived: A letter.');
  const unknown = new ConnectorHarness(paperless, { ...config, tags: ['no such tag'] });
  await expect(unknown.sync()).rejects.toMatchObject({ message: expect.stringContaining('no such tag') });
  await site.close();
});
