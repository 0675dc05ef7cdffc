import { expect, it } from 'vitest';
import { documentUrl, withUrl } from './document-url.ts';

const PLACE = { documentId: 'doc_1', page: null, startTime: null, start: 120, end: 153 };

it('opens the document at the place, and at its page or second', () => {
  expect(documentUrl('ws_1', PLACE)).toBe('/w/ws_1/d/doc_1?start=120&end=153');
  expect(documentUrl('ws_1', { ...PLACE, page: 3 })).toBe('/w/ws_1/d/doc_1?start=120&end=153&page=3');
  expect(documentUrl('ws_1', { ...PLACE, startTime: 61.9 })).toBe('/w/ws_1/d/doc_1?start=120&end=153&t=61');
});

it('replaces the URL of an item that was narrowed', () => {
  const wide = withUrl('ws_1', PLACE);
  expect(withUrl('ws_1', { ...wide, start: 130 }).url).toBe('/w/ws_1/d/doc_1?start=130&end=153');
});
