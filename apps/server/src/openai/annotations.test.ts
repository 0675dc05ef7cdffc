import { expect, it } from 'vitest';
import { toChatAnnotation, toResponseAnnotation } from './annotations.ts';

const CITATION = {
  n: 2,
  chunkId: 'chunk',
  documentId: 'doc_copy',
  externalId: null,
  title: 'Manual',
  filename: 'manual.pdf',
  page: 3,
  startTime: null,
  endTime: null,
  section: null,
  start: 120,
  end: 153,
  text: 'The pump needs oil.',
  origin: 'model' as const,
  sentences: [],
  url: '/w/ws/d/doc_copy?start=120&end=153&page=3',
};
const ORIGIN = 'https://lore.example.com';

it('links to the first marker and the page', () => {
  const { url_citation } = toChatAnnotation(CITATION, 'Oil [1]. Pump [2]. More [2].', ORIGIN);
  expect(url_citation).toMatchObject({ start_index: 14, end_index: 17, index: 2, quote: 'The pump needs oil.' });
  expect(url_citation.url).toBe('https://lore.example.com/v1/documents/doc_copy/content#page=3');
  expect(toResponseAnnotation(CITATION, '[2]', ORIGIN)).toMatchObject({ type: 'url_citation', start_index: 0 });
});

it('says who found the citation, and links to its sentence if the text has no marker', () => {
  const sentences = [{ start: 0, end: 4, origin: 'matched' as const }];
  const annotation = toResponseAnnotation({ ...CITATION, origin: 'matched', sentences }, 'Oil. More.', ORIGIN);
  expect(annotation).toMatchObject({ start_index: 0, end_index: 4, origin: 'matched', sentences });
});

it('links to the end of a text without the marker', () => {
  const annotation = toResponseAnnotation({ ...CITATION, page: null }, 'Oil.', ORIGIN);
  expect(annotation).toMatchObject({ start_index: 4, end_index: 4 });
  expect(annotation.url).toBe('https://lore.example.com/v1/documents/doc_copy/content');
});

it('names the file that a document was attached from', () => {
  const fileId = `doc_${'0'.repeat(26)}`;
  const named = (externalId: string) => toResponseAnnotation({ ...CITATION, externalId }, '', ORIGIN).file_id;
  expect([named(`file:${fileId}`), named('file:///tmp/a'), named('file:doc_1')]).toEqual([
    fileId,
    'doc_copy',
    'doc_copy',
  ]);
});
