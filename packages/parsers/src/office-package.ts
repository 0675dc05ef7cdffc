import { decodeText } from './decode-text.ts';
import type { DocumentBuilder } from './document-builder.ts';
import type { EmbeddedImage } from './embedded-images.ts';
import { attributeOf, childOf, childrenOf, parseXml, textOf } from './xml.ts';
import { resolvePath, type ZipFile } from './zip.ts';

export interface Relation {
  /** Last part of the relationship type: "slide", "footnotes", "officeDocument". */
  type: string;
  target: string;
}

/** Parts of an Office file and their relationships. */
export class OfficePackage {
  private readonly zip: ZipFile;

  constructor(zip: ZipFile) {
    this.zip = zip;
  }

  readBytes(part: string): Uint8Array | undefined {
    return this.zip.read(part);
  }

  listImages(relations: Iterable<Relation>): EmbeddedImage[] {
    return [...relations]
      .filter(({ type }) => type === 'image')
      .map(({ target }) => ({ name: target, read: () => this.zip.read(target) }));
  }

  readText(part: string): string | undefined {
    const bytes = this.zip.read(part);
    return bytes ? (decodeText(bytes)?.text ?? Buffer.from(bytes).toString('utf8')) : undefined;
  }

  readRelations(part: string): Map<string, Relation> {
    const relations = new Map<string, Relation>();
    for (const { id, type, target, isExternal } of this.listRelations(part)) {
      if (!isExternal) relations.set(id, { type, target: resolvePath(part, target) });
    }
    return relations;
  }

  /** Returns the targets outside the file by relationship: web and mail addresses, linked files. */
  readLinks(part: string): Map<string, string> {
    const external = this.listRelations(part).filter(({ isExternal }) => isExternal);
    return new Map(external.map(({ id, target }) => [id, target]));
  }

  private listRelations(part: string): { id: string; type: string; target: string; isExternal: boolean }[] {
    const slash = part.lastIndexOf('/') + 1;
    const xml = this.readText(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`);
    return childrenOf(xml ? parseXml(xml) : undefined, 'Relationship').flatMap((entry) => {
      const { Id: id, Type: type, Target: target, TargetMode: mode } = entry.attributes;
      if (!id || !type || !target) return [];
      return [{ id, type: type.slice(type.lastIndexOf('/') + 1), target, isExternal: mode === 'External' }];
    });
  }

  /** Returns the part that the package as a whole points to. */
  findMainPart(fallback: string): string {
    for (const relation of this.readRelations('').values()) {
      if (relation.type === 'officeDocument') return relation.target;
    }
    return fallback;
  }

  describe(document: DocumentBuilder): void {
    const core = this.readText('docProps/core.xml');
    const properties = core ? parseXml(core) : undefined;
    const read = (name: string) => textOf(childOf(properties, name));
    document.title = read('title') || undefined;
    document.describe('author', read('creator'));
    document.describe('subject', read('subject'));
    document.describe('keywords', read('keywords'));
    document.describe('created', read('created'));
    document.describe('modified', read('modified'));
    document.describe('category', read('category'));
    document.describe('description', read('description'));
    document.describe('lastModifiedBy', read('lastModifiedBy'));
    const app = this.readText('docProps/app.xml');
    if (app) document.describe('company', textOf(childOf(parseXml(app), 'Company')));
  }
}

/** OOXML booleans: a present element is true unless its value says otherwise. */
export function isOn(element: Parameters<typeof attributeOf>[0]): boolean {
  return element !== undefined && !/^(0|false|off|none)$/.test(attributeOf(element, 'val') ?? 'true');
}
