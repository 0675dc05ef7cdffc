import type { AppInfo } from '@lorebox/contract/app-info';
import { expect, it } from 'vitest';
import { brandColors, cssNameOf, inkOn } from './branding.ts';

const INFO: AppInfo = {
  needsSetup: false,
  name: 'Acme',
  logoUrl: null,
  accentColor: '#ffdd00',
  accentColorDark: null,
  themeVariables: { page: '#eeeeee' },
  themeVariablesDark: { accentInk: '#111111' },
  welcomeText: '',
  footerLinks: [],
};

it('writes names as the style sheet does', () => {
  expect(cssNameOf('accentInk')).toBe('--accent-ink');
  expect(cssNameOf('page')).toBe('--page');
});

it('chooses a readable text color', () => {
  expect(['#ffffff', '#ffdd00', '#2f6f5e', '#000000'].map(inkOn)).toEqual(['#000000', '#000000', '#ffffff', '#ffffff']);
});

it('derives the accent of light pages, and leaves dark pages alone without one', () => {
  expect(brandColors(INFO, false)).toMatchObject({ accent: '#ffdd00', accentInk: '#000000', page: '#eeeeee' });
  expect(brandColors(INFO, true)).toEqual({ accentInk: '#111111' });
});
