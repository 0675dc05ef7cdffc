import { squeezeText } from './clean-text.ts';
import { attributeOf, childrenOf, findAll, textOf, type XmlElement } from './xml.ts';

const MAX_DEPTH = 200;
/** One letter or number, which needs no braces around it. */
const ATOM = /^(?:[\p{L}\p{N}]|[\d.,]+|\\[a-z]+)$/u;
const ACCENTS: Record<string, string> = { '¯': 'bar', '‾': 'bar', '^': 'hat', '→': 'vec', '˙': 'dot', '~': 'tilde' };

/** Converts MathML to LaTeX. Elements without a counterpart are written as their children, so that nothing is lost. */
export function writeLatex(element: XmlElement): string {
  const source = findAll(element, 'annotation').find((child) => /tex/i.test(attributeOf(child, 'encoding') ?? ''));
  return squeezeText(source ? textOf(source) : convert(element));
}

function convert(element: XmlElement): string {
  const children = childrenOf(element);
  const parts = children.map(convert);
  const [first = '', second = '', third = ''] = parts;
  switch (element.name) {
    case 'mi':
    case 'mn':
    case 'mo':
    case 'mtext':
    case 'ms':
      return squeezeText(textOf(element));
    case 'mfrac':
      return ATOM.test(first) && ATOM.test(second) ? `${first}/${second}` : `\\frac{${first}}{${second}}`;
    case 'msup':
      return `${group(first)}^${brace(second)}`;
    case 'msub':
      return `${group(first)}_${brace(second)}`;
    case 'msubsup':
    case 'munderover':
      return `${group(first)}_${brace(second)}^${brace(third)}`;
    case 'munder':
      return `${group(first)}_${brace(second)}`;
    case 'mover':
      return ACCENTS[second] ? `\\${ACCENTS[second]}{${first}}` : `${group(first)}^${brace(second)}`;
    case 'msqrt':
      return `\\sqrt{${parts.join('')}}`;
    case 'mroot':
      return `\\sqrt[${second}]{${first}}`;
    case 'mfenced':
      return `${attributeOf(element, 'open') ?? '('}${parts.join(', ')}${attributeOf(element, 'close') ?? ')'}`;
    case 'mtable':
      return `\\begin{matrix}${parts.join(' \\\\ ')}\\end{matrix}`;
    case 'mtr':
      return parts.join(' & ');
    case 'annotation':
    case 'annotation-xml':
    case 'mphantom':
      return '';
    case 'mspace':
      return ' ';
    default:
      return parts.length > 0 ? spaceOut(children, parts) : squeezeText(textOf(element));
  }
}

/** Two numbers or names side by side would read as one. */
function spaceOut(children: readonly XmlElement[], parts: readonly string[]): string {
  let text = '';
  for (const [at, part] of parts.entries()) {
    const isWord = /[\p{L}\p{N}]$/u.test(text) && /^[\p{L}\p{N}]/u.test(part);
    const areLetters = children[at - 1]?.name === 'mi' && part.length === 1;
    text += isWord && !areLetters && children[at]?.name !== 'mi' ? ` ${part}` : part;
  }
  return text;
}

function brace(part: string): string {
  return ATOM.test(part) ? part : `{${part}}`;
}

function group(part: string): string {
  return ATOM.test(part) || /^[^\s+\-−*/=]+$/.test(part) ? part : `{${part}}`;
}

/** Builds the tree of one formula from tokenizer events. */
export class MathCollector {
  private readonly root: XmlElement = { name: 'math', prefix: '', attributes: {}, children: [] };
  private readonly stack: XmlElement[] = [this.root];

  open(name: string, attributes: Record<string, string>): void {
    const element: XmlElement = { name: name.slice(name.indexOf(':') + 1), prefix: '', attributes, children: [] };
    // The text of a formula that is nested too deeply stays in its last element.
    if (this.stack.length < MAX_DEPTH) this.stack.at(-1)?.children.push(element);
    this.stack.push(this.stack.length < MAX_DEPTH ? element : (this.stack.at(-1) as XmlElement));
  }

  close(): void {
    if (this.stack.length > 1) this.stack.pop();
  }

  text(text: string): void {
    this.stack.at(-1)?.children.push(text);
  }

  finish(): string {
    return writeLatex(this.root);
  }
}
