import type { Actor } from '@lorebox/contract/actor';
import { type Logo, MAX_LOGO_BYTES, type SetLogoInput } from '@lorebox/contract/branding';
import { AppError } from '@lorebox/contract/errors';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { inlineTypeOf } from '../documents/inline-type.ts';

/** Rows of the settings. The version is read with every page, the logo itself only when it is shown. */
const LOGO_SETTING = 'logo';
const VERSION_SETTING = 'logo-version';
const VERSION_LENGTH = 16;
const IMAGE_TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);
const SVG_TYPE = 'image/svg+xml';

interface StoredLogo {
  type: string;
  /** Base 64. */
  data: string;
}

/** @throws AppError BAD_REQUEST unless it is an image that can be shown. */
export async function setLogo(core: Core, actor: Actor, { data }: SetLogoInput): Promise<Logo> {
  requireScope(actor, 'settings:write');
  requireUnbound(actor);
  const bytes = fromBase64(data);
  if (bytes.length > MAX_LOGO_BYTES) throw new AppError('TOO_LARGE', 'A logo has at most 512 kB.');
  const logo = await readLogo(core, bytes, data);
  const version = core.security.secrets.digest(logo.data).slice(0, VERSION_LENGTH);
  const { settings, audit } = core.stores;
  await settings.set(LOGO_SETTING, JSON.stringify(logo));
  const entry = entryOf(core, actor, 'settings.updated', { details: { logo: `${logo.type} ${version}` } });
  await audit.with(entry, () => settings.set(VERSION_SETTING, version));
  return { logoUrl: urlOf(version) };
}

export async function removeLogo(core: Core, actor: Actor): Promise<void> {
  requireScope(actor, 'settings:write');
  requireUnbound(actor);
  const { settings, audit } = core.stores;
  const entry = entryOf(core, actor, 'settings.updated', { details: { logo: null } });
  await audit.with(entry, () => settings.remove(VERSION_SETTING));
  await settings.remove(LOGO_SETTING);
}

/** Public, because the sign-in page shows it. Null without a logo. */
export async function getLogo({ stores }: Core): Promise<{ type: string; bytes: Uint8Array } | null> {
  const stored = await stores.settings.get(LOGO_SETTING);
  if (stored === null) return null;
  const { type, data }: StoredLogo = JSON.parse(stored);
  return { type, bytes: fromBase64(data) };
}

/** Changes with the logo, so that browsers can keep it. Null without a logo. */
export async function findLogoUrl({ stores }: Pick<Core, 'stores'>): Promise<string | null> {
  const version = await stores.settings.get(VERSION_SETTING);
  return version === null ? null : urlOf(version);
}

const urlOf = (version: string) => `/branding/logo?v=${version}`;

async function readLogo({ images }: Core, bytes: Uint8Array, data: string): Promise<StoredLogo> {
  const type = inlineTypeOf(bytes);
  if (type !== null && IMAGE_TYPES.has(type)) return { type, data };
  const svg = await images.cleanSvg(new TextDecoder().decode(bytes));
  if (svg === null) throw new AppError('BAD_REQUEST', 'The logo must be a PNG, JPEG, WebP or SVG image.');
  return { type: SVG_TYPE, data: toBase64(new TextEncoder().encode(svg)) };
}

function fromBase64(data: string): Uint8Array {
  return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
