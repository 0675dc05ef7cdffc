import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakeDrive } from '@lorebox/testkit/sources/fake-drive';
import { expect, it } from 'vitest';
import { googleDrive } from './google-drive.ts';

testConnector('google drive', async () => {
  const drive = await startFakeDrive();
  return {
    connector: googleDrive,
    config: { apiUrl: drive.url, serviceAccount: drive.key },
    site: drive,
    put: (name, text) => drive.put(name, text),
    remove: drive.remove,
    wrong: { config: { apiUrl: drive.url, serviceAccount: drive.strangersKey }, message: /denied access/ },
    close: drive.close,
  };
});

const FOLDER = 'application/vnd.google-apps.folder';
const DOCUMENT = 'application/vnd.google-apps.document';

it('a drive is read by folder, recursively; documents are exported; later sync runs use the change log', async () => {
  const drive = await startFakeDrive();
  drive.put('Top', '', { id: 'top', mimeType: FOLDER });
  drive.put('Sub', '', { id: 'sub', mimeType: FOLDER, parents: ['top'] });
  drive.put('in.md', 'Inside.', { id: 'in', parents: ['sub'] });
  drive.put('out.md', 'Outside.', { id: 'out' });
  drive.put('Plan', 'A plan.', { id: 'plan', mimeType: DOCUMENT, parents: ['top'] });
  drive.put('Form', '', { id: 'form', mimeType: 'application/vnd.google-apps.form', parents: ['top'] });
  const secrets = { clientId: 'client', clientSecret: 'good-secret', refreshToken: 'good-refresh-token' };
  const config = { apiUrl: drive.url, tokenUrl: `${drive.url}/token`, folders: ['top'], ...secrets };
  const harness = new ConnectorHarness(googleDrive, config);
  await harness.sync();
  expect([...harness.items.keys()].sort()).toEqual(['in', 'plan']);
  expect(harness.items.get('plan')).toMatchObject({ filename: 'Plan.docx', title: 'Plan' });
  expect(harness.text('plan')).toBe('exported: A plan.');

  drive.put('in.md', 'Inside.', { id: 'in', parents: ['root'] });
  const moved = await harness.sync();
  expect([moved.isFull, moved.removed]).toEqual([false, ['in']]);
  drive.put('Sub', '', { id: 'sub', mimeType: FOLDER, parents: ['root'] });
  expect((await harness.sync()).isFull).toBe(true);
  drive.forget();
  harness.cursor = { pageToken: '1' };
  expect(await harness.sync()).toMatchObject({ isFull: true, removed: [] });
  await drive.close();
});

it('an invalid key is reported without being shown', async () => {
  const harness = new ConnectorHarness(googleDrive, { serviceAccount: '{"private_key": "SECRET"' });
  const error = await harness.check().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'SOURCE_REFUSED' });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('SECRET');
  const bare = new ConnectorHarness(googleDrive, {});
  await expect(bare.check()).rejects.toMatchObject({ message: expect.stringContaining('serviceAccount') });
});
