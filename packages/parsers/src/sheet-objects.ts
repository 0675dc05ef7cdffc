import type { DocumentBuilder } from './document-builder.ts';
import { addEmbeddedImages } from './embedded-images.ts';
import type { ParseContext } from './format-parser.ts';
import { addChart, readShapeText } from './office-chart.ts';
import { addOfficeObjects } from './office-objects.ts';
import { OfficePackage } from './office-package.ts';
import { attributeOf, childrenOf, findAll, parseXml } from './xml.ts';
import type { ZipFile } from './zip.ts';

/** Returns the part of each sheet, in the order of the workbook. */
function listSheetParts(file: OfficePackage): (string | undefined)[] {
  const main = file.findMainPart('xl/workbook.xml');
  const relations = file.readRelations(main);
  const workbook = parseXml(file.readText(main) ?? '');
  return findAll(workbook, 'sheet').map((sheet) => {
    const key = Object.keys(sheet.attributes).find((name) => name.endsWith(':id')) ?? '';
    return relations.get(sheet.attributes[key] ?? '')?.target;
  });
}

function addDrawing(part: string, file: OfficePackage, document: DocumentBuilder): void {
  const drawing = parseXml(file.readText(part) ?? '');
  for (const shape of findAll(drawing, 'sp')) {
    for (const text of readShapeText(shape)) document.add('paragraph', text);
  }
  for (const picture of [...findAll(drawing, 'pic'), ...findAll(drawing, 'sp'), ...findAll(drawing, 'graphicFrame')]) {
    const description = attributeOf(findAll(picture, 'cNvPr')[0], 'descr')?.trim();
    if (description) document.add('paragraph', `Image: ${description}`);
  }
  for (const relation of file.readRelations(part).values()) {
    if (/^chart(Ex)?$/.test(relation.type)) addChart(document, parseXml(file.readText(relation.target) ?? ''));
    else if (relation.type === 'diagramData') {
      const texts = findAll(parseXml(file.readText(relation.target) ?? ''), 'pt').flatMap(readDiagramPoint);
      for (const text of texts) document.add('list-item', text);
    }
  }
}

function readDiagramPoint(point: Parameters<typeof childrenOf>[0]): string[] {
  return childrenOf(point, 't').flatMap((body) => readShapeText({ ...body, children: [{ ...body, name: 'txBody' }] }));
}

/** Adds the text boxes, charts, pictures, files and printed headers of each visible sheet under its name. */
export async function addSheetObjects(
  zip: ZipFile,
  sheets: readonly { name: string; isHidden: boolean }[],
  printLines: ReadonlyMap<string, string[]>,
  context: ParseContext,
): Promise<void> {
  const { document } = context;
  const file = new OfficePackage(zip);
  for (const [index, part] of listSheetParts(file).entries()) {
    const sheet = sheets[index];
    if (!part || !sheet || sheet.isHidden) continue;
    document.page = index + 1;
    document.section = sheet.name;
    const relations = [...file.readRelations(part).values()];
    for (const { type, target } of relations) if (type === 'drawing') addDrawing(target, file, document);
    await addOfficeObjects(file, relations, context);
    for (const line of printLines.get(part) ?? []) document.add('paragraph', line);
  }
  Object.assign(document, { page: undefined, section: undefined });
  await addEmbeddedImages(
    [...zip.entries.keys()]
      .filter((name) => name.startsWith('xl/media/'))
      .map((name) => ({ name, read: () => zip.read(name) })),
    context,
  );
}
