import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

it.each([
  ['127.0.0.1', undefined, '127.0.0.1'],
  ['::ffff:10.0.0.1', undefined, '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', undefined, '2001:db8:1:2::/64'],
  ['10.0.0.9', '1.2.3.4, 203.0.113.7', '203.0.113.7'],
  ['10.0.0.9', '', '10.0.0.9'],
  ['10.0.0.9', 'x'.repeat(5000), 'x'.repeat(100)],
  [undefined, undefined, 'unknown'],
])('%s behind %s counts as %s', (remote, forwarded, expected) => {
  expect(clientAddress(remote, forwarded)).toBe(expected);
});
