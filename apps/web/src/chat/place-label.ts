import type { Citation } from '@lorebox/contract/chat';
import { formatTime } from '../i18n/format.ts';
import type { Translate } from '../i18n/use-t.ts';

/** "page 3, Opening hours", or "2:05" in a recording. Empty if the document has neither. */
export function placeLabel(
  { page, section, startTime }: Pick<Citation, 'page' | 'section' | 'startTime'>,
  t: Translate,
) {
  const parts = [
    startTime === null ? null : formatTime(startTime),
    page === null ? null : t('page {page}', { page }),
    section,
  ];
  return parts.filter((part) => part !== null && part !== '').join(', ');
}
