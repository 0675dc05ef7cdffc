import type { WidgetLanguage, WidgetPosition } from '@lorebox/contract/widget';

/** What a page can set. Everything else is set by the owners of the widget. */
export interface WidgetOptions {
  widgetId: string;
  /** Address of the server, without a slash at its end. */
  baseUrl: string;
  language?: WidgetLanguage | undefined;
  position?: WidgetPosition | undefined;
  title?: string | undefined;
  greeting?: string | undefined;
  accentColor?: string | undefined;
  suggestions?: string[] | undefined;
  placeholder?: string | undefined;
  handoverUrl?: string | undefined;
  /** Name of the visitor, shown to the owners of the widget. */
  visitor?: string | undefined;
  /** Ignored unless the widget allows it. */
  model?: string | undefined;
  temperature?: number | undefined;
  prompt?: string | undefined;
  /** CSS lengths. */
  width?: string | undefined;
  height?: string | undefined;
  fontSize?: string | undefined;
  openOnLoad?: boolean | undefined;
}

const LANGUAGES: readonly string[] = ['en', 'de', 'es', 'zh', 'ar'];

/** The language of a tag such as "de-AT", or null for languages without a translation. */
export function toLanguage(tag: string | null | undefined): WidgetLanguage | null {
  const language = tag?.trim().toLowerCase().split(/[-_]/)[0] ?? '';
  return LANGUAGES.includes(language) ? (language as WidgetLanguage) : null;
}

/**
 * Reads the attributes of a script tag: ours, and those of AnythingLLM's script.
 * @param scriptUrl Address of the script, from which the server's is derived.
 * @returns null if the tag names no widget.
 */
export function readOptions(
  data: Readonly<Record<string, string | undefined>>,
  scriptUrl: string,
): WidgetOptions | null {
  const widgetId = (data.widget ?? data.embedId ?? '').trim();
  const baseUrl = toBaseUrl(data.baseUrl ?? data.baseApiUrl, scriptUrl);
  if (widgetId === '' || baseUrl === null) return null;
  const email = data.supportEmail?.trim();
  return {
    widgetId,
    baseUrl,
    language: toLanguage(data.language) ?? undefined,
    position: toPosition(data.position),
    title: text(data.title) ?? text(data.assistantName),
    greeting: text(data.greeting),
    accentColor: toColor(data.accentColor ?? data.buttonColor),
    suggestions: toList(data.suggestions ?? data.defaultMessages),
    placeholder: text(data.placeholder) ?? text(data.sendMessageText),
    handoverUrl: text(data.handoverUrl) ?? (email?.includes('@') ? `mailto:${email}` : undefined),
    visitor: text(data.visitor) ?? text(data.username),
    model: text(data.model),
    temperature: toNumber(data.temperature),
    prompt: text(data.prompt),
    width: toLength(data.width ?? data.windowWidth),
    height: toLength(data.height ?? data.windowHeight),
    fontSize: toLength(data.fontSize ?? data.textSize),
    openOnLoad: isOn(data.open ?? data.openOnLoad),
  };
}

const text = (value: string | undefined) => value?.trim() || undefined;
const isOn = (value: string | undefined) => value !== undefined && !['off', 'false', '0'].includes(value.trim());

function toNumber(value: string | undefined): number | undefined {
  const number = Number(value);
  return value?.trim() && Number.isFinite(number) ? number : undefined;
}

/** "bottom-left" and "left" are the same corner. There is none at the top. */
function toPosition(value: string | undefined): WidgetPosition | undefined {
  if (value === undefined) return undefined;
  return value.includes('left') ? 'left' : 'right';
}

function toColor(value: string | undefined): string | undefined {
  const color = value?.trim() ?? '';
  if (/^#[0-9a-f]{6}$/i.test(color)) return color;
  return /^#[0-9a-f]{3}$/i.test(color) ? `#${[...color.slice(1)].map((digit) => digit + digit).join('')}` : undefined;
}

/** A number means pixels. */
function toLength(value: string | undefined): string | undefined {
  const length = value?.trim() ?? '';
  if (/^\d{1,4}(?:\.\d{1,3})?$/.test(length)) return `${length}px`;
  return /^\d{1,4}(?:\.\d{1,3})?(?:px|rem|em|%|vw|vh)$/.test(length) ? length : undefined;
}

/** Separated by vertical bars, or by commas as in AnythingLLM. */
function toList(value: string | undefined): string[] | undefined {
  const items = value?.split(value.includes('|') ? '|' : ',').map((item) => item.trim());
  return items?.filter((item) => item !== '').slice(0, 6);
}

function toBaseUrl(given: string | undefined, scriptUrl: string): string | null {
  const address = given?.trim() || scriptUrl;
  if (!URL.canParse(address, scriptUrl || undefined)) return null;
  const { protocol, origin, pathname } = new URL(address, scriptUrl || undefined);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  // A server may be behind a path of a proxy.
  const path = given?.trim()
    ? pathname.replace(/\/(?:api\/embed|embed)\/?$/, '')
    : pathname.replace(/\/embed\/[^/]*$/, '');
  return origin + path.replace(/(?<!\/)\/+$/, '');
}
