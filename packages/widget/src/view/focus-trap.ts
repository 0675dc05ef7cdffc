const FOCUSABLE = 'button, a[href], input, textarea, [tabindex="0"]';

/** Keeps the Tab key inside of an element while it covers the page. Returns a function that stops it. */
export function keepFocusInside(node: HTMLElement, isActive: () => boolean): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Tab' || !isActive()) return;
    // Elements that are hidden have no box.
    const items = [...node.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (item) => item.getClientRects().length > 0 && !item.matches(':disabled'),
    );
    const [first, last] = [items[0], items.at(-1)];
    const current = (node.getRootNode() as ShadowRoot).activeElement;
    if (!first || !last || current !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
  node.addEventListener('keydown', onKeyDown);
  return () => node.removeEventListener('keydown', onKeyDown);
}
