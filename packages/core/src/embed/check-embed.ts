import type { EmbedCheck } from '@lorebox/contract/embed';
import type { Widget } from '@lorebox/contract/widget';
import type { Core } from '../core.ts';
import { matchesOrigin } from './matches-origin.ts';

/** Says whether the widget works on pages of this origin, and what to change if it doesn't. */
export async function checkEmbed(core: Core, widget: Widget, origin: string | null): Promise<EmbedCheck[]> {
  const checks = [checkEnabled(widget), await checkDay(core, widget)];
  if (origin !== null) checks.push(checkOrigin(widget, origin));
  return checks;
}

function checkEnabled({ enabled }: Widget): EmbedCheck {
  const detail = enabled ? 'The widget is turned on.' : 'The widget is turned off. Turn it on in its settings.';
  return { id: 'enabled', isOk: enabled, detail };
}

function checkOrigin({ allowedOrigins }: Widget, origin: string): EmbedCheck {
  if (matchesOrigin(allowedOrigins, origin))
    return { id: 'origin', isOk: true, detail: `Pages of ${origin} may show the widget.` };
  const reason =
    allowedOrigins.length === 0
      ? 'The widget has no allowed origins, so no page may show it.'
      : `Pages of ${origin} may not show the widget.`;
  const remedy = `Add ${origin} to its allowed origins. Scheme, host and port have to match exactly.`;
  return { id: 'origin', isOk: false, detail: `${reason} ${remedy}` };
}

async function checkDay(core: Core, { id, messagesPerDay }: Widget): Promise<EmbedCheck> {
  if (messagesPerDay === null) return { id: 'day-quota', isOk: true, detail: 'There is no limit per day.' };
  const day = new Date(core.clock.now()).toISOString().slice(0, 10);
  if ((await core.stores.widgets.questionsOfDay(id, day)) < messagesPerDay)
    return { id: 'day-quota', isOk: true, detail: 'The limit per day is not reached.' };
  const detail = `The widget has answered ${messagesPerDay} questions today, which is its limit. It continues at midnight UTC. Raise the limit in its settings.`;
  return { id: 'day-quota', isOk: false, detail };
}
