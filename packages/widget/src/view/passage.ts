import type { EmbedCitation } from '@lorebox/contract/embed';
import { fill, type Texts } from '../texts.ts';
import { element } from './element.ts';

/** The passage that a citation names, over the messages. */
export function createPassage(texts: Texts, citation: EmbedCitation, onClose: () => void): HTMLElement {
  const { title, page, startTime, section, text } = citation;
  const place = [
    page === null ? '' : fill(texts.page, { n: page }),
    startTime === null ? '' : clockOf(startTime),
    section ?? '',
  ];
  const back = element(
    'button',
    { class: 'button', attributes: { type: 'button' }, on: { click: onClose } },
    texts.back,
  );
  return element(
    'section',
    { class: 'passage', part: 'passage', attributes: { 'aria-label': fill(texts.source, { n: citation.n, title }) } },
    back,
    element('h3', { attributes: { dir: 'auto' } }, title),
    element('p', { class: 'place' }, place.filter((part) => part !== '').join(' · ')),
    element('blockquote', { attributes: { dir: 'auto' } }, text),
  );
}

const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
