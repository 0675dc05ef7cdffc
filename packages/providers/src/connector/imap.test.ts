import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakeImap } from '@lorebox/testkit/sources/fake-imap';
import { expect, it } from 'vitest';
import { imap } from './imap.ts';

const configOf = (port: number, password = 'good-password') =>
  ({ host: '127.0.0.1', port, security: 'none', username: 'ada', password }) as const;

testConnector('imap', async () => {
  const server = await startFakeImap();
  return {
    connector: imap,
    config: configOf(server.port),
    site: null,
    put: server.put,
    remove: server.remove,
    wrong: { config: configOf(server.port, 'bad-password'), message: /app password/ },
    close: server.close,
  };
});

it('mails become documents with sender and subject; missing folders are named; nothing is marked read', async () => {
  const server = await startFakeImap();
  server.put('Ebb & flöd', 'Twice a day.');
  server.put('Long', 'x'.repeat(200_000));
  const harness = new ConnectorHarness(imap, configOf(server.port));
  await harness.sync();
  expect(harness.items.get('INBOX/7/1')).toMatchObject({
    title: 'Ebb & flöd',
    filename: 'Ebb & flöd.eml',
    contentType: 'message/rfc822',
    metadata: { from: 'Ada <ada@example.com>', to: 'bob@example.com', folder: 'INBOX', messageId: '<1@example.com>' },
  });
  expect(harness.text('INBOX/7/1')).toMatch(/^From: Ada[\s\S]*Twice a day\.\r\n$/);
  expect(harness.text('INBOX/7/2').length).toBeGreaterThan(200_000);
  expect(server.commands.some((line) => /SELECT|STORE|BODY\[/.test(line))).toBe(false);
  const lost = new ConnectorHarness(imap, { ...configOf(server.port), folders: ['Archive'] });
  await expect(lost.check()).rejects.toMatchObject({ message: expect.stringContaining('Archive') });
  await server.close();
});

it('a dropped connection removes nothing, and a server without encryption gets no password', async () => {
  const server = await startFakeImap();
  server.put('One', 'One.');
  const harness = new ConnectorHarness(imap, configOf(server.port));
  await harness.sync();
  server.put('Two', 'Two.');
  server.isBroken = true;
  await expect(harness.sync()).rejects.toThrow();
  expect(harness.items.size).toBe(1);
  server.isBroken = false;
  await harness.sync();
  expect(harness.items.size).toBe(2);

  server.commands.length = 0;
  const careful = new ConnectorHarness(imap, { ...configOf(server.port), security: 'starttls' });
  await expect(careful.check()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  expect(server.commands.join('\n')).not.toContain('good-password');
  await server.close();
  await expect(careful.check()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
});
