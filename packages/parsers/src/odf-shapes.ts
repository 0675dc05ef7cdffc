import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from './xml.ts';

/** Returns the rows of a table, also those in groups. */
export function listRows(table: XmlElement, isHeader = false): { row: XmlElement; isHeader: boolean }[] {
  return childrenOf(table).flatMap((child) => {
    if (child.name === 'table-row') return [{ row: child, isHeader }];
    if (!/^table-(rows|header-rows|row-group)$/.test(child.name)) return [];
    return listRows(child, child.name === 'table-header-rows');
  });
}

/** Returns the title and description of a picture or shape. */
export function describeFrame(frame: XmlElement): string | undefined {
  const texts = [childOf(frame, 'title'), childOf(frame, 'desc')].map((element) => textOf(element).trim());
  const text = [...new Set(texts)].filter(Boolean).join(': ');
  return text ? `[Image: ${text}]` : undefined;
}

function toCentimeters(length: string | undefined): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)(cm|mm|in|pt)$/.exec(length?.trim() ?? '');
  if (!match) return undefined;
  return Number(match[1]) * ({ cm: 1, mm: 0.1, in: 2.54, pt: 2.54 / 72 }[match[2] as 'cm'] ?? 1);
}

/** Returns a shape with the position of its top left corner in centimeters. */
export function placeOf(shape: XmlElement) {
  const [x, y] = [toCentimeters(attributeOf(shape, 'x')), toCentimeters(attributeOf(shape, 'y'))];
  return { shape, place: x === undefined || y === undefined ? undefined : { x, y } };
}
