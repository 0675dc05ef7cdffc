/** Colors of the web app that a theme can set, as named in its style sheet: `accentInk` is `--accent-ink`. */
export const THEME_VARIABLES = [
  'page',
  'surface',
  'raised',
  'line',
  'ink',
  'muted',
  'accent',
  'accentInk',
  'accentSoft',
  'mark',
  'danger',
  'dangerSoft',
  'warning',
  'warningSoft',
  'ok',
] as const;
export type ThemeVariable = (typeof THEME_VARIABLES)[number];
