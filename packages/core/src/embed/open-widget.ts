import type { EmbedConfig } from '@lorebox/contract/embed';
import { AppError } from '@lorebox/contract/errors';
import { MAX_WIDGET_QUESTION_LENGTH, type Widget } from '@lorebox/contract/widget';
import type { Core } from '../core.ts';
import { matchesOrigin } from './matches-origin.ts';

/** Where the request of a visitor comes from: the origin of the page, or "self" for the frame page of the server. */
export type PageOrigin = { kind: 'page'; origin: string } | { kind: 'self'; origin: string };

/** @throws AppError NOT_FOUND */
export async function findEmbed(core: Core, widgetId: string): Promise<Widget> {
  const widget = await core.stores.widgets.get(widgetId);
  if (!widget) throw new AppError('NOT_FOUND', 'There is no widget with this id. Copy its script tag again.');
  return widget;
}

/** Other pages can't show the frame page, because the browser enforces its frame-ancestors. */
export function isAllowedOrigin(widget: Widget, page: PageOrigin): boolean {
  return page.kind === 'self' ? widget.allowedOrigins.length > 0 : matchesOrigin(widget.allowedOrigins, page.origin);
}

/** @throws AppError FORBIDDEN if the widget is turned off. */
export function requireEnabled(widget: Widget): void {
  if (!widget.enabled) throw new AppError('FORBIDDEN', 'This chat is turned off.');
}

export function toEmbedConfig(widget: Widget): EmbedConfig {
  const { id, title, greeting, accentColor, position, suggestions, leadForm, handoverUrl, language } = widget;
  const look = { title, greeting, accentColor, position, suggestions, leadForm, handoverUrl, language };
  return { id, ...look, maxQuestionLength: MAX_WIDGET_QUESTION_LENGTH };
}
