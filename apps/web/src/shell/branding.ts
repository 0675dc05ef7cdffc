import type { AppInfo } from '@lorebox/contract/app-info';
import type { ThemeVariables } from '@lorebox/contract/branding';
import { THEME_VARIABLES, type ThemeVariable } from '@lorebox/contract/theme-variables';
import { useEffect } from 'react';
import { useAppInfo } from './session.tsx';

/** `accentInk` is `--accent-ink`. */
export const cssNameOf = (name: ThemeVariable) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Black or white, whichever can be read better on the color. */
export function inkOn(hex: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  // Contrast with white is 1.05 / (L + 0.05), with black (L + 0.05) / 0.05.
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

/** The colors of the installation on light or dark pages. Colors of the theme come before the accent color. */
export function brandColors(info: AppInfo, isDark: boolean): ThemeVariables {
  const accent = isDark ? (info.accentColorDark ?? null) : info.accentColor;
  const theme = isDark ? info.themeVariablesDark : info.themeVariables;
  if (accent === null) return theme;
  const soft = `color-mix(in srgb, ${accent} 15%, var(--page))`;
  return { accent, accentInk: inkOn(accent), accentSoft: soft, ...theme };
}

/** Sets the colors on the root element. The content security policy allows this, but no style elements. */
function applyColors(info: AppInfo): void {
  const { style, dataset } = document.documentElement;
  const colors = brandColors(info, dataset.theme === 'dark');
  for (const name of THEME_VARIABLES) {
    const color = colors[name];
    if (color === undefined) style.removeProperty(cssNameOf(name));
    else style.setProperty(cssNameOf(name), color);
  }
}

/** Applies the colors of the installation, and again when the look changes between light and dark. */
export function useBranding(): void {
  const info = useAppInfo();
  useEffect(() => {
    // An app that was stored by an earlier version has no colors.
    if (!info?.themeVariables) return;
    applyColors(info);
    const observer = new MutationObserver(() => applyColors(info));
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, [info]);
}
