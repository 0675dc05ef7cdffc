import { UpdateSettingsInput } from '@lorebox/contract/settings';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { updateSettings } from '../settings/update-settings.ts';
import { getAppInfo } from '../system/get-app-info.ts';
import { getLogo, removeLogo, setLogo } from './logo.ts';

const PNG = btoa('\x89PNG\r\n\x1a\nand so on');
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
});
afterEach(() => test.close());

it('changes what the public page knows, and null resets it', async () => {
  expect(await getAppInfo(test.core)).toEqual({
    needsSetup: false,
    name: 'Lorebox',
    logoUrl: null,
    accentColor: null,
    accentColorDark: null,
    themeVariables: {},
    themeVariablesDark: {},
    welcomeText: '',
    footerLinks: [],
  });
  const change = {
    appName: 'Acme Docs',
    accentColor: '#112233',
    themeVariables: { page: '#fff', accentInk: 'rgb(1 2 3 / 50%)' },
    footerLinks: [{ label: 'Imprint', url: 'https://acme.example/imprint' }],
  };
  await updateSettings(test.core, test.admin, change);
  const { appName: name, ...rest } = change;
  expect(await getAppInfo(test.core)).toMatchObject({ name, ...rest });
  expect(await test.lastAudit()).toMatchObject({ details: { appName: 'Acme Docs' } });
  // A theme replaces the earlier one.
  await updateSettings(test.core, test.admin, { themeVariables: { ink: '#000000' } });
  expect((await getAppInfo(test.core)).themeVariables).toEqual({ ink: '#000000' });
  await updateSettings(test.core, test.admin, { appName: null, themeVariables: null });
  expect(await getAppInfo(test.core)).toMatchObject({ name: 'Lorebox', themeVariables: {} });
});

it.each([
  { accentColor: 'red' },
  { accentColor: '#12345' },
  { themeVariables: { page: 'url(https://evil.example)' } },
  { themeVariables: { page: 'rgb(1,2,3);background:red' } },
  { themeVariables: { page: '#12345' } },
  { themeVariables: { font: '#123' } },
  { footerLinks: [{ label: 'x', url: 'http://example.com' }] },
  { footerLinks: [{ label: 'x', url: 'javascript:alert(1)' }] },
  { footerLinks: [{ label: ' ', url: 'https://example.com' }] },
  { appName: ' ' },
])('rejects %o', (input) => {
  expect(UpdateSettingsInput.safeParse(input).success).toBe(false);
});

it('stores a logo and shows it under a new address', async () => {
  const { logoUrl } = await setLogo(test.core, test.admin, { data: PNG });
  expect(logoUrl).toMatch(/^\/branding\/logo\?v=[0-9a-f]{16}$/);
  expect((await getAppInfo(test.core)).logoUrl).toBe(logoUrl);
  expect((await getLogo(test.core))?.type).toBe('image/png');
  const svg = btoa('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0"/></svg>');
  expect((await setLogo(test.core, test.admin, { data: svg })).logoUrl).not.toBe(logoUrl);
  const logo = await getLogo(test.core);
  expect(logo?.type).toBe('image/svg+xml');
  expect(new TextDecoder().decode(logo?.bytes)).toBe('cleaned');
  await removeLogo(test.core, test.admin);
  expect(await getLogo(test.core)).toBeNull();
  expect((await getAppInfo(test.core)).logoUrl).toBeNull();
});

it('rejects other files and callers who may not change settings', async () => {
  for (const content of ['GIF89a', '%PDF-1.7', '<html><svg/></html>', 'text'])
    await expect(setLogo(test.core, test.admin, { data: btoa(content) })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  const manager = await test.addUser('manager', 'manager');
  await expect(setLogo(test.core, manager, { data: PNG })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(removeLogo(test.core, manager)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
