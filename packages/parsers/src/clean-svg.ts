import { Parser } from 'htmlparser2';

const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient radialGradient ' +
    'stop clipPath mask symbol use'
  ).split(' '),
);
const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'id d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height viewBox preserveAspectRatio points transform fill ' +
    'fill-opacity fill-rule clip-rule clip-path clipPathUnits mask maskUnits maskContentUnits stroke stroke-width ' +
    'stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity color ' +
    'offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod font-family font-size font-weight ' +
    'font-style text-anchor letter-spacing dominant-baseline visibility'
  ).split(' '),
);
const LOCAL_REFERENCE = /^#[\w.-]{1,200}$/;
const LOCAL_URL = /^url\((["']?)#[\w.-]{1,200}\1\)$/;
const NAMESPACE = 'http://www.w3.org/2000/svg';
/** Each level costs the parser time, and no picture needs so many. */
const MAX_DEPTH = 200;

/**
 * Writes an SVG again with nothing but shapes, texts and gradients: no scripts, event handlers, styles, links,
 * animations, foreign markup or references to other files. Returns null if the text is not an SVG, or nested too deeply.
 */
export function cleanSvg(text: string): string | null {
  const open: string[] = [];
  let output = '';
  /** Depth inside an element that is left out with its content. */
  let skipped = 0;
  let hasRoot = false;
  let isBroken = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (open.length + skipped >= MAX_DEPTH) {
          isBroken = true;
          parser.pause();
          return;
        }
        if (open.length === 0 && skipped === 0) {
          if (hasRoot || name !== 'svg') isBroken = true;
          hasRoot = true;
        }
        if (skipped > 0 || isBroken || !ELEMENTS.has(name)) {
          skipped += 1;
          return;
        }
        const root = open.length === 0 ? ` xmlns="${NAMESPACE}"` : '';
        open.push(name);
        output += `<${name}${root}${writeAttributes(attributes)}>`;
      },
      ontext(data) {
        const isText = open.some((name) => name === 'text' || name === 'title' || name === 'desc');
        if (skipped === 0 && isText) output += escapeXml(data);
      },
      onclosetag() {
        if (skipped > 0) {
          skipped -= 1;
          return;
        }
        const name = open.pop();
        if (name !== undefined) output += `</${name}>`;
      },
    },
    { xmlMode: true },
  );
  parser.write(text);
  if (!isBroken) parser.end();
  return hasRoot && !isBroken ? output : null;
}

function writeAttributes(attributes: Record<string, string>): string {
  const kept = new Map<string, string>();
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'href' || name === 'xlink:href') {
      if (LOCAL_REFERENCE.test(value)) kept.set('href', value);
    } else if (name === 'style') {
      for (const [property, styled] of readStyle(value)) if (isKept(property, styled)) kept.set(property, styled);
    } else if (isKept(name, value) && !kept.has(name)) kept.set(name, value);
  }
  return [...kept].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
}

function isKept(name: string, value: string): boolean {
  if (!ATTRIBUTES.has(name)) return false;
  // Backslashes and comments can hide a reference.
  const isPlain = !/[\\@]|\/\*|url|image|expression/i.test(value);
  return isPlain || LOCAL_URL.test(value.trim());
}

function readStyle(style: string): [property: string, value: string][] {
  return style.split(';').flatMap((declaration): [string, string][] => {
    const colon = declaration.indexOf(':');
    if (colon < 0) return [];
    return [[declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()]];
  });
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
