import type { Citation } from '@lorebox/contract/chat';

/** A place in a document: a range of its text, a page or a time. */
export interface Place {
  start?: number;
  end?: number;
  page?: number;
  t?: number;
}

export function placeOf({
  start,
  end,
  page,
  startTime,
}: Pick<Citation, 'start' | 'end' | 'page' | 'startTime'>): Place {
  return { start, end, page: page ?? undefined, t: startTime === null ? undefined : Math.floor(startTime) };
}
