import { DomUtils, parseDocument } from 'htmlparser2';

type Node = ReturnType<typeof parseDocument>;
export type XmlElement = Extract<Node['children'][number], { attribs: unknown }>;

/** Elements of an XML document. Only XML's built-in entities are expanded, which prevents entity bombs. */
export function parseXml(text: string): Node {
  return parseDocument(text, { xmlMode: true, decodeEntities: true });
}

/** Returns all descendants with this name (including the prefix). */
export function findAll(node: Node | XmlElement, name: string): XmlElement[] {
  return DomUtils.getElementsByTagName(name, node, true) as XmlElement[];
}

/** Returns the children with this name. */
export function childrenOf(node: XmlElement, name: string): XmlElement[] {
  return node.children.filter((child): child is XmlElement => 'attribs' in child && child.name === name);
}

/** Returns the text of the first child with this name, or an empty string. */
export function childText(node: XmlElement, ...names: string[]): string {
  for (const name of names) {
    const [child] = childrenOf(node, name);
    const text = child ? DomUtils.textContent(child).trim() : '';
    if (text !== '') return text;
  }
  return '';
}
