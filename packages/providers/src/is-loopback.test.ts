import { expect, it } from 'vitest';
import { isLoopback, isOwnServer } from './is-loopback.ts';

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

it('tells private servers from hosted ones', () => {
  for (const url of [
    'http://localhost:1',
    'http://gpu-box:11434',
    'http://10.0.0.7',
    'http://172.20.1.1/v1',
    'http://192.168.1.5:8080',
    'http://host.docker.internal:11434',
    'http://nas.local',
    'http://[fd00::1]:8080',
  ])
    expect(isOwnServer(url), url).toBe(true);
  for (const url of [
    'https://api.openai.com/v1',
    'http://172.32.0.1',
    'http://11.0.0.1',
    'http://10.example.com',
    'http://[2001:db8::1]',
    '',
  ])
    expect(isOwnServer(url), url).toBe(false);
});
