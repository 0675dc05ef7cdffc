import { expect, it } from 'vitest';
import { isLoopback } from './is-loopback.ts';

it('recognizes this machine in every notation, and no other', () => {
  for (const url of [
    'http://localhost:1',
    'http://LOCALHOST/v1',
    'http://127.0.0.1:11434',
    'http://[::1]:8080',
    'http://0x7f.1/',
  ])
    expect(isLoopback(url), url).toBe(true);
  for (const url of [
    'http://gpu-box:11434',
    'http://10.0.0.7',
    'https://api.openai.com/v1',
    'http://127.0.0.1.evil.com',
    '',
    'http://0.0.0.0',
  ])
    expect(isLoopback(url), url).toBe(false);
});
