type Pieces = readonly number[];

/** Calls `visit` with the pieces of each part of the text until it returns false. */
export type WalkPieces = (text: string, visit: (pieces: Pieces) => boolean) => void;

/** Returns the pieces of a text between the special ones, truncated to `maxTokens` IDs in total. */
export function encodePieces(walk: WalkPieces, text: string, maxTokens: number, ends: { first: number; last: number }) {
  const ids = [ends.first];
  walk(text, (pieces) => {
    for (const id of pieces) ids.push(id);
    return ids.length < maxTokens;
  });
  if (ids.length > maxTokens - 1) ids.length = maxTokens - 1;
  ids.push(ends.last);
  return ids;
}

/** Number of pieces of a text, without the special ones. */
export function countPieces(walk: WalkPieces, text: string): number {
  let total = 0;
  walk(text, (pieces) => {
    total += pieces.length;
    return true;
  });
  return total;
}
