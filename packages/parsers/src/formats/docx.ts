import type { DocumentBuilder } from '../document-builder.ts';
import { DocxNumbering } from '../docx-numbering.ts';
import { DocxReader } from '../docx-reader.ts';
import { DocxStyles } from '../docx-styles.ts';
import { addEmbeddedImages } from '../embedded-images.ts';
import { defineFormat, type ParseContext } from '../format-parser.ts';
import { addChart } from '../office-chart.ts';
import { addOfficeObjects } from '../office-objects.ts';
import { OfficePackage, type Relation } from '../office-package.ts';
import { attributeOf, childrenOf, findAll, parseXml, readUnits, textOf, type XmlElement } from '../xml.ts';
import { openZip } from '../zip.ts';

interface Story {
  file: OfficePackage;
  relations: Map<string, Relation>;
  reader: DocxReader;
  document: DocumentBuilder;
}

/** Returns the parts of a type. Links in a part are those of its own relationships. */
function* readParts(story: Story, type: string): Generator<XmlElement> {
  const seen = new Set<string>();
  for (const relation of story.relations.values()) {
    if (relation.type !== type || seen.has(relation.target)) continue;
    seen.add(relation.target);
    const root = parseXml(story.file.readText(relation.target) ?? '');
    story.reader.inline.links = story.file.readLinks(relation.target);
    if (root) yield root;
  }
}

function addNotes(story: Story, part: 'footnotes' | 'endnotes'): void {
  for (const root of readParts(story, part)) {
    for (const note of childrenOf(root)) {
      // Separators are notes with a special type.
      if (attributeOf(note, 'type')?.toLowerCase().includes('separator')) continue;
      const marks = story.reader.inline.noteMarks[part === 'endnotes' ? 'endnote' : 'footnote'];
      const mark = marks.get(attributeOf(note, 'id') ?? '') ?? '';
      const text = story.reader.readLine(note).trim();
      if (text)
        story.document.add('paragraph', `${mark} ${text}`.trim(), {
          section: part === 'endnotes' ? 'Endnotes' : 'Footnotes',
        });
    }
  }
}

function addComments(story: Story): void {
  for (const root of readParts(story, 'comments')) {
    for (const comment of childrenOf(root, 'comment')) {
      const author = attributeOf(comment, 'author');
      const text = story.reader.readLine(comment).trim();
      if (text)
        story.document.add('paragraph', `Comment${author ? ` by ${author}` : ''}: ${text}`, { section: 'Comments' });
    }
  }
}

function addHeadersAndFooters(story: Story): void {
  const seen = new Set<string>();
  for (const type of ['header', 'footer'] as const) {
    for (const root of readParts(story, type)) {
      const text = story.reader.readLine(root).trim();
      // Skips page numbers and repeated lines for odd and even pages.
      if (/^[\d\s]{0,4}$/.test(text) || seen.has(text)) continue;
      seen.add(text);
      story.document.add('paragraph', text, { section: type === 'header' ? 'Header' : 'Footer' });
    }
  }
}

function addCharts(story: Story): void {
  for (const type of ['chart', 'chartEx']) {
    for (const root of readParts(story, type)) addChart(story.document, root, 'Chart');
  }
  for (const root of readParts(story, 'diagramData')) {
    for (const paragraph of findAll(root, 'p')) {
      const text = findAll(paragraph, 't').map(textOf).join('');
      story.document.add('list-item', text, { section: 'Diagram' });
    }
  }
}

/** A part in another format (HTML, RTF, DOCX) that Word shows as text of the document. */
async function addAlternativePart(unit: XmlElement, story: Story, context: ParseContext): Promise<void> {
  const target = story.relations.get(attributeOf(unit, 'id') ?? '')?.target;
  const bytes = target === undefined ? undefined : story.file.readBytes(target);
  const name = target?.split('/').at(-1) ?? 'part';
  const isRead = bytes !== undefined && (await context.parseAttachment(bytes, name));
  if (!isRead)
    context.document.warn(`A part of the document ("${name}") was not read. Open it in Word and save it again.`);
}

/** Reads the body block by block. */
async function addBody(xml: string, story: Story, context: ParseContext): Promise<void> {
  let inBody = false;
  const units = readUnits(
    xml,
    (element, depth) => {
      if (depth === 1) inBody = element.name === 'body';
      return inBody && depth === 2;
    },
    context.limits.maxDepth,
  );
  for (const unit of units) {
    if (unit.name === 'altChunk') await addAlternativePart(unit, story, context);
    else story.reader.addBlock(unit);
  }
}

export const docxParser = defineFormat({
  formats: ['docx'],
  async parse(bytes, context) {
    const { document, limits } = context;
    const file = new OfficePackage(openZip(bytes, limits));
    const main = file.findMainPart('word/document.xml');
    const xml = file.readText(main);
    if (xml === undefined) throw new Error('no main document part');
    const relations = file.readRelations(main);
    const partOf = (type: string) => {
      const target = [...relations.values()].find((relation) => relation.type === type)?.target;
      return target ? parseXml(file.readText(target) ?? '') : undefined;
    };
    const reader = new DocxReader(document, new DocxStyles(partOf('styles')), new DocxNumbering(partOf('numbering')));
    const story: Story = { file, relations, reader, document };
    file.describe(document);
    reader.inline.links = file.readLinks(main);
    await addBody(xml, story, context);
    addNotes(story, 'footnotes');
    addNotes(story, 'endnotes');
    addComments(story);
    addCharts(story);
    addHeadersAndFooters(story);
    reader.addWarnings();
    await addOfficeObjects(file, relations.values(), context);
    await addEmbeddedImages(file.listImages(relations.values()), context);
  },
});
