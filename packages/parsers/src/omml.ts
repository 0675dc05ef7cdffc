import { accent, fraction, lower, matrix, operator, raise, root } from './latex.ts';
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from './xml.ts';

function readPart(element: XmlElement, name: string): string {
  const part = childOf(element, name);
  return part ? readOmml(part) : '';
}

function property(element: XmlElement, group: string, name: string): string | undefined {
  return attributeOf(childOf(element, group, name), 'val');
}

function readDelimiters(element: XmlElement): string {
  const begin = property(element, 'dPr', 'begChr') ?? '(';
  const end = property(element, 'dPr', 'endChr') ?? ')';
  return (
    begin +
    childrenOf(element, 'e')
      .map(readOmml)
      .join(property(element, 'dPr', 'sepChr') ?? '|') +
    end
  );
}

function readFraction(element: XmlElement): string {
  const [above, below] = [readPart(element, 'num'), readPart(element, 'den')];
  return property(element, 'fPr', 'type') === 'noBar' ? `\\binom{${above}}{${below}}` : fraction(above, below);
}

function readElement(element: XmlElement): string {
  const part = (name: string) => readPart(element, name);
  switch (element.name) {
    case 'r':
      return childrenOf(element, 't').map(textOf).join('');
    case 'f':
      return readFraction(element);
    case 'sSup':
      return raise(part('e'), part('sup'));
    case 'sSub':
      return lower(part('e'), part('sub'));
    case 'sSubSup':
      return raise(lower(part('e'), part('sub')), part('sup'));
    case 'sPre':
      return `${raise(lower('{}', part('sub')), part('sup'))}${part('e')}`;
    case 'rad':
      return root(part('e'), part('deg'));
    case 'nary':
      return operator(property(element, 'naryPr', 'chr') ?? '∫', part('sub'), part('sup'), part('e'));
    case 'd':
      return readDelimiters(element);
    case 'm':
      return matrix(childrenOf(element, 'mr').map((row) => childrenOf(row, 'e').map(readOmml)));
    case 'eqArr':
      return childrenOf(element, 'e').map(readOmml).join(' \\\\ ');
    case 'acc':
      return accent(property(element, 'accPr', 'chr') ?? '\u0302', part('e'));
    case 'bar':
      return `\\overline{${part('e')}}`;
    case 'func':
      return `${part('fName')} ${part('e')}`;
    case 'limLow':
      return lower(part('e'), part('lim'));
    case 'limUpp':
      return raise(part('e'), part('lim'));
    default:
      // Properties ("rPr", "ctrlPr") have no text.
      return element.name.endsWith('Pr') ? '' : readOmml(element);
  }
}

/** Converts Office math to LaTeX. Simple fractions and powers keep their usual form: 1/2+x^2. */
export function readOmml(element: XmlElement): string {
  return childrenOf(element).map(readElement).join('');
}
