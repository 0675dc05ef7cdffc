import { fraction, lower, matrix, raise, root } from './latex.ts';
import { childrenOf, textOf, type XmlElement } from './xml.ts';

function readRow(elements: readonly XmlElement[]): string {
  return elements.map(readMathMl).join('');
}

/** Converts a MathML element to LaTeX. Simple fractions and powers keep their usual form: 1/2+x^2. */
export function readMathMl(element: XmlElement): string {
  const parts = childrenOf(element);
  const [first = '', second = '', third = ''] = parts.slice(0, 3).map((part) => readMathMl(part).trim());
  switch (element.name) {
    case 'mfrac':
      return fraction(first, second);
    case 'msup':
    case 'mover':
      return raise(first, second);
    case 'msub':
    case 'munder':
      return lower(first, second);
    case 'msubsup':
    case 'munderover':
      return raise(lower(first, second), third);
    case 'msqrt':
      return root(readRow(parts), '');
    case 'mroot':
      return root(first, second);
    case 'mtable':
      return matrix(parts.map((row) => childrenOf(row).map(readMathMl)));
    case 'mfenced':
      return `${element.attributes.open ?? '('}${parts.map(readMathMl).join(element.attributes.separators?.[0] ?? ',')}${element.attributes.close ?? ')'}`;
    case 'mspace':
      return ' ';
    case 'annotation':
    case 'annotation-xml':
    case 'mphantom':
      return '';
    default:
      return parts.length > 0 ? readRow(parts) : textOf(element).replace(/\s+/g, ' ').trim();
  }
}
