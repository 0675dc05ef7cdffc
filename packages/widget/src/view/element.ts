type Child = Node | string | null | false | undefined;
type Listeners = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

interface Props {
  class?: string;
  part?: string;
  attributes?: Record<string, string | boolean | null | undefined>;
  on?: Listeners;
}

/** Creates an element. Texts become text nodes: nothing is ever parsed as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  { class: className, part, attributes = {}, on = {} }: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (part) node.setAttribute('part', part);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(key, value === true ? '' : value);
  }
  for (const [type, listener] of Object.entries(on)) node.addEventListener(type, listener as EventListener);
  append(node, children);
  return node;
}

function append(node: Node, children: readonly Child[]): void {
  for (const child of children)
    if (child) node.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
}

const SVG = 'http://www.w3.org/2000/svg';

/** An icon from the path of a 24-pixel grid. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = { viewBox: '0 0 24 24', width: '20', height: '20', fill: 'none', stroke: 'currentColor' };
  const lines = { 'stroke-width': '2', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries({ ...attributes, ...lines })) svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  svg.appendChild(shape);
  return svg;
}

export const ICONS = {
  chat: 'M4 5h16v11H9l-5 4z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-6 16-3-7z',
  up: 'M7 21V10l5-8 2 1v6h6l-2 12zM3 10v11',
  down: 'M17 3v11l-5 8-2-1v-6H4L6 3zM21 14V3',
  restart: 'M4 4v6h6M20 12a8 8 0 1 0-3 6',
};
