import { DomUtils, parseDocument } from 'htmlparser2';

type Node = ReturnType<typeof parseDocument>;
export type XmlElement = Extract<Node['children'][number], { attribs: unknown }>;

/** Elements of an XML document; entities beyond XML's own are not looked up, so none can explode. */
export function parseXml(text: string): Node {
  return parseDocument(text, { xmlMode: true, decodeEntities: true });
}

/** Elements of this name (prefix and all) anywhere below. */
export function findAll(node: Node | XmlElement, name: string): XmlElement[] {
  return DomUtils.getElementsByTagName(name, node, true) as XmlElement[];
}

/** Children of this name. */
export function childrenOf(node: XmlElement, name: string): XmlElement[] {
  return node.children.filter((child): child is XmlElement => 'attribs' in child && child.name === name);
}

/** Text of the first child of this name; empty without one. */
export function childText(node: XmlElement, ...names: string[]): string {
  for (const name of names) {
    const [child] = childrenOf(node, name);
    const text = child ? DomUtils.textContent(child).trim() : '';
    if (text !== '') return text;
  }
  return '';
}
