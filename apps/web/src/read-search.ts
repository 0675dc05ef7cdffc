/** Readers of search parameters: what they can't read is undefined. */
export const readText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const readNumber = (value: unknown) => {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(number) && number >= 0 ? number : undefined;
};

/** Place in a document, in the address of the viewer. */
export interface PlaceSearch {
  start?: number;
  end?: number;
  page?: number;
  t?: number;
}

export function readPlace(search: Record<string, unknown>): PlaceSearch {
  return {
    start: readNumber(search.start),
    end: readNumber(search.end),
    page: readNumber(search.page),
    t: readNumber(search.t),
  };
}
