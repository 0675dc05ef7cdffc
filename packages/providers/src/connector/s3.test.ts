import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { S3_KEY, startFakeS3 } from '@lorebox/testkit/sources/fake-s3';
import { expect, it } from 'vitest';
import { s3 } from './s3.ts';

testConnector('s3', async () => {
  const bucket = await startFakeS3();
  const config = { bucket: 'papers', endpoint: bucket.url, ...S3_KEY };
  return {
    connector: s3,
    config,
    site: bucket,
    put: (name, text) => void bucket.objects.set(name, text),
    remove: (name) => void bucket.objects.delete(name),
    wrong: { config: { ...config, secretAccessKey: 'another' }, message: /status 403/ },
    close: bucket.close,
  };
});

it('a bucket is read below a prefix, resumes after the last page, and reports keys without a URL', async () => {
  const bucket = await startFakeS3();
  for (let i = 10; i < 40; i += 1) bucket.objects.set(`in/${i}.md`, `Text ${i}.`);
  bucket.objects.set('in/../up.md', 'no').set('out/x.md', 'no').set('in/folder/', '');
  const harness = new ConnectorHarness(s3, { bucket: 'papers', endpoint: bucket.url, prefix: 'in/', ...S3_KEY });
  await harness.sync({ cutAfter: 22 });
  expect(harness.cursor).toMatchObject({ after: expect.stringMatching(/^in\//) });
  const { failed, removed } = await harness.sync();
  expect(failed.map(({ externalId }) => externalId)).toEqual([]);
  expect([harness.items.size, removed, harness.cursor]).toEqual([30, [], null]);
  expect((await harness.sync()).failed).toMatchObject([{ externalId: 'in/../up.md' }]);
  await bucket.close();
});
