import { z } from 'zod';
import { THEME_VARIABLES, type ThemeVariable } from './theme-variables.ts';

const HEX = /^#[0-9a-fA-F]{6}$/;
/** Bounded character class: nothing else can follow a color into the style of the page. */
const CSS_COLOR =
  /^(?:#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|(?:rgb|hsl)a?\([0-9.,%/ deg]{1,40}\))$/;

const CssColor = z.string().regex(CSS_COLOR, 'Use a color such as #2f6f5e, rgb(47 111 94) or hsl(164 41% 31%).');
const MEANINGS: Record<ThemeVariable, string> = {
  page: 'Background of pages.',
  surface: 'Background of the sidebar and of quiet areas.',
  raised: 'Background of cards, fields and menus.',
  line: 'Borders.',
  ink: 'Text.',
  muted: 'Less important text.',
  accent: 'Buttons and links.',
  accentInk: 'Text on the accent color.',
  accentSoft: 'Quiet background in the accent color.',
  mark: 'Background of marked words.',
  danger: 'Errors and destructive actions.',
  dangerSoft: 'Background of errors.',
  warning: 'Warnings.',
  warningSoft: 'Background of warnings.',
  ok: 'Success.',
};
const color = (meaning: string) => CssColor.optional().describe(meaning);

export const ThemeVariables = z
  .strictObject(
    Object.fromEntries(THEME_VARIABLES.map((name) => [name, color(MEANINGS[name])])) as Record<
      ThemeVariable,
      ReturnType<typeof color>
    >,
  )
  .meta({ id: 'ThemeVariables', description: 'Colors of the web app. Those that are not set keep their default.' });
export type ThemeVariables = z.infer<typeof ThemeVariables>;

export const AccentColor = z.string().regex(HEX, 'Use six hexadecimal digits, such as #2f6f5e.');

export const FooterLink = z
  .object({
    label: z.string().trim().min(1).max(80),
    url: z.url({ protocol: /^https$/, error: 'must be an https URL' }).max(500),
  })
  .meta({ id: 'FooterLink' });
export type FooterLink = z.infer<typeof FooterLink>;

/** How the web app looks. Part of the settings. */
export const brandingShape = {
  appName: z.string().trim().min(1).max(60).describe('Name of the installation in the web app.'),
  accentColor: AccentColor.nullable().describe('Color of buttons and links, such as `#2f6f5e`. Null: the default.'),
  accentColorDark: AccentColor.nullable().describe('The same on dark pages. Null: the default.'),
  themeVariables: ThemeVariables.describe('Colors of the web app on light pages.'),
  themeVariablesDark: ThemeVariables.describe('Colors of the web app on dark pages.'),
  welcomeText: z.string().max(2000).describe('Text above a new chat.'),
  footerLinks: z.array(FooterLink).max(8).describe('Links under the sign-in form and in the user menu.'),
};

export const MAX_LOGO_BYTES = 512 * 1024;

export const SetLogoInput = z.object({
  data: z
    .base64()
    .max(Math.ceil(MAX_LOGO_BYTES / 3) * 4)
    .describe(
      'PNG, JPEG, WebP or SVG in base 64, at most 512 kB. Scripts and other active parts of an SVG are removed.',
    ),
});
export type SetLogoInput = z.infer<typeof SetLogoInput>;

export const Logo = z.object({ logoUrl: z.string().describe('Path of the logo on this server.') }).meta({ id: 'Logo' });
export type Logo = z.infer<typeof Logo>;
