export interface PlacedShape<Shape> {
  shape: Shape;
  /** Position of the top left corner in any unit. Undefined if it isn't known. */
  place: { x: number; y: number } | undefined;
}

/**
 * Orders shapes as they are read: from top to bottom, those beside each other from left to right. The order in the file
 * is the order in which they are painted. Shapes without a position keep their place after the one before them.
 */
export function sortByReading<Shape>(shapes: readonly PlacedShape<Shape>[], tolerance: number): Shape[] {
  let last = { x: Number.NEGATIVE_INFINITY, y: Number.NEGATIVE_INFINITY };
  const placed = shapes.map(({ shape, place }, index) => {
    last = place ?? last;
    return { shape, ...last, index };
  });
  placed.sort((left, right) => left.y - right.y || left.index - right.index);
  const ordered: Shape[] = [];
  for (let at = 0; at < placed.length; ) {
    const top = placed[at]?.y as number;
    let end = at + 1;
    while (end < placed.length && (placed[end]?.y as number) - top <= tolerance) end++;
    const row = placed.slice(at, end).sort((left, right) => left.x - right.x || left.index - right.index);
    ordered.push(...row.map(({ shape }) => shape));
    at = end;
  }
  return ordered;
}
