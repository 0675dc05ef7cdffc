/** Roots of documents whose attributes are mostly markup: JATS, DocBook, TEI, DITA, FictionBook, SVG. */
const MARKUP_ROOTS =
  /^(?:article|book|TEI(?:\.2)?|html|chapter|topic|task|concept|reference|FictionBook|svg|document|section|nitf|body|dtbook|xliff)$/i;
const UNITS = new Set('unit units unitcode uom currency currencyid ccy measure'.split(' '));
/** Attributes of markup that readers see or that lead somewhere. */
const MEANINGFUL = new Set(
  'href alt title value unit units unitcode uom currency currencyid pub-id-type article-id-type date-type contrib-type iso-8601-date when date datetime aria-label label name-style license-type'.split(
    ' ',
  ),
);
const NOISE =
  /^(?:xmlns|xml:|xsi:|on[a-z]+$)|^(?:d|lang|style|class|points|transform|viewbox|fill|stroke.*|schemalocation)$/i;
const LINK = /^(?:https?|ftp|mailto|doi):/i;
const MAX_LENGTH = 500;

type Attributes = Record<string, string>;

export function isMarkupRoot(name: string): boolean {
  return MARKUP_ROOTS.test(name);
}

/** Returns the attributes that carry values, with their local names. */
function valuesOf(attributes: Attributes, isMarkup: boolean): [name: string, value: string][] {
  const values: [name: string, value: string][] = [];
  for (const key in attributes) {
    const value = (attributes[key] ?? '').trim();
    if (value === '' || value.length >= MAX_LENGTH || NOISE.test(key)) continue;
    const name = key.slice(key.indexOf(':') + 1);
    if (!isMarkup || isMeaningful(name.toLowerCase(), value)) values.push([name, value]);
  }
  return values;
}

function isEmpty(attributes: Attributes): boolean {
  for (const _ in attributes) return false;
  return true;
}

function isMeaningful(name: string, value: string): boolean {
  return MEANINGFUL.has(name) && (name !== 'href' || LINK.test(value));
}

/** Describes an element without text: "id=A-77, status=withdrawn". Empty if no attribute says anything. */
export function listAttributes(attributes: Attributes, isMarkup: boolean): string {
  if (isEmpty(attributes)) return '';
  return valuesOf(attributes, isMarkup)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

/** Adds the attributes to the text of an element: "7 bar (tolerance=0.2)", "CHF 1250.00". */
export function withAttributes(text: string, attributes: Attributes, isMarkup: boolean): string {
  if (isEmpty(attributes)) return text;
  let value = text;
  const rest: string[] = [];
  for (const [name, attribute] of valuesOf(attributes, isMarkup)) {
    const lower = name.toLowerCase();
    if (text.includes(attribute) && lower !== 'status') continue;
    if (UNITS.has(lower) && /^c(?:urrency|cy)/.test(lower))
      value = value.replace(/\S/, (first) => `${attribute} ${first}`);
    else if (UNITS.has(lower)) value = `${value.trimEnd()} ${attribute}`;
    else rest.push(lower === 'href' ? attribute : `${name}=${attribute}`);
  }
  return rest.length === 0 ? value : `${value.trimEnd()} (${rest.join(', ')})`;
}
