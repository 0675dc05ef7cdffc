import { expect, it } from 'vitest';
import { checkPolicy } from './csp.ts';

const SERVER = 'https://chat.example:8443';
const PAGE = 'https://shop.example';

it.each([
  ['', [true, true, true]],
  ["default-src 'self'", [false, false, false]],
  [`default-src ${SERVER}`, [true, true, true]],
  [`script-src ${SERVER}; connect-src 'self'`, [true, false, true]],
  ["Content-Security-Policy: script-src 'nonce-abc'; connect-src *", [true, true, true]],
  ['script-src https://*.example:8443; connect-src https:', [true, true, true]],
  ['script-src https://chat.example; connect-src chat.example:*', [false, true, true]],
  [`script-src ${SERVER}; script-src-elem 'none'`, [false, true, true]],
])('checks %j', (policy, expected) => {
  expect(checkPolicy(policy, SERVER, PAGE).map(({ isOk }) => isOk)).toEqual(expected);
});

it('says what to add', () => {
  expect(checkPolicy("connect-src 'self'", SERVER, PAGE)[1]).toEqual({
    directive: 'connect-src',
    isOk: false,
    detail: `Its requests: blocked by connect-src. Add ${SERVER} to connect-src.`,
  });
});
