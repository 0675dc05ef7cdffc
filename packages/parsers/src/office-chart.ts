import type { DocumentBuilder } from './document-builder.ts';
import { attributeOf, childOf, childrenOf, findAll, textOf, type XmlElement } from './xml.ts';

/** Points of a chart series by their index, because a point without a value has no element. */
function readPoints(series: XmlElement, ...names: string[]): Map<number, string> {
  const points = new Map<number, string>();
  for (const name of names) {
    const source = childOf(series, name);
    if (!source) continue;
    // Categories on several levels: the first level is the most precise.
    const level = findAll(source, 'lvl')[0] ?? source;
    for (const [index, point] of findAll(level, 'pt').entries()) {
      points.set(Number(attributeOf(point, 'idx') ?? index), textOf(childOf(point, 'v')));
    }
    if (points.size === 0) for (const [index, value] of findAll(level, 'v').entries()) points.set(index, textOf(value));
  }
  return points;
}

function readTitle(title: XmlElement | undefined): string {
  return findAll(title, 'p')
    .map((paragraph) => findAll(paragraph, 't').map(textOf).join(''))
    .concat(findAll(title, 'p').length === 0 ? [...findAll(title, 't'), ...findAll(title, 'v')].map(textOf) : [])
    .join(' ')
    .trim();
}

/** Adds a chart as a small table: one row per series, with its name and each category with its value. */
export function addChart(document: DocumentBuilder, root: XmlElement | undefined, section?: string): void {
  const place = section === undefined ? undefined : { section };
  const chart = childOf(root, 'chart') ?? root;
  const title = readTitle(childOf(chart, 'title'));
  if (title) document.add('paragraph', title, place);
  for (const axis of ['catAx', 'valAx', 'dateAx', 'serAx']) {
    for (const element of findAll(chart, axis)) {
      const text = readTitle(childOf(element, 'title'));
      if (text) document.add('paragraph', text, place);
    }
  }
  let references = 0;
  for (const series of findAll(chart, 'ser')) {
    const name = readTitle(childOf(series, 'tx')) || findAll(childOf(series, 'tx'), 'v').map(textOf).join(' ');
    const categories = readPoints(series, 'cat', 'xVal');
    const values = readPoints(series, 'val', 'yVal');
    const cells = joinPoints({ categories, values, sizes: readPoints(series, 'bubbleSize') });
    if (cells.length === 0 && findAll(series, 'f').length > 0) references++;
    document.addRow([name, ...cells], place);
  }
  warnOfReferences(document, references);
}

/** Points of a chart series by their index. */
export interface ChartPoints {
  categories: ReadonlyMap<number, string>;
  values: ReadonlyMap<number, string>;
  sizes: ReadonlyMap<number, string>;
}

function joinPoints({ categories, values, sizes }: ChartPoints): string[] {
  const points = [...values].map(([index, value]) => {
    const size = sizes.has(index) ? ` (size ${sizes.get(index)})` : '';
    return (categories.has(index) ? `${categories.get(index)}: ${value}` : value) + size;
  });
  return points.length > 0 ? points : [...categories.values()];
}

function warnOfReferences(document: DocumentBuilder, series: number): void {
  if (series === 0) return;
  document.warn(
    `The values of ${series} chart series are not stored in the chart; they are in the cells it refers to.`,
  );
}

/** Adds a chart whose values were read from another format. */
export function addChartValues(
  document: DocumentBuilder,
  { titles, series }: { titles: readonly string[]; series: readonly (ChartPoints & { name: string })[] },
): void {
  for (const title of titles) document.add('paragraph', title);
  for (const points of series) document.addRow([points.name, ...joinPoints(points)]);
  warnOfReferences(document, series.filter((points) => joinPoints(points).length === 0).length);
}

/** Returns the text of a DrawingML shape by paragraph. */
export function readShapeText(shape: XmlElement): string[] {
  return childrenOf(childOf(shape, 'txBody'), 'p').map((paragraph) => findAll(paragraph, 't').map(textOf).join(''));
}
