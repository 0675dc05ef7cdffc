import { z } from 'zod';
import { Id } from './ids.ts';

/** Position of a text in its document. */
export const Place = z.object({
  documentId: Id.describe('Id of the document.'),
  page: z.number().int().nullable().describe('Page, from 1. Null for documents without pages.'),
  startTime: z.number().nullable().describe('Position in the recording in seconds. Null for other documents.'),
  endTime: z.number().nullable().describe('End in the recording in seconds. Null for other documents.'),
  section: z.string().nullable().describe('Headings above the text, joined by " > ". Null if there are none.'),
  start: z.number().int().describe('Offset into the stored text of the document, in UTF-16 code units.'),
  end: z.number().int().describe('End offset, exclusive.'),
  text: z.string().describe('The stored text from start to end, unchanged.'),
});

/** Retrieved text with its position in the document. Search hits, sources and citations extend it. */
export const Passage = z.object({
  chunkId: z.string().describe('Id of the first chunk of the passage.'),
  externalId: z.string().nullable().describe('Your id for the document. Null if it has none.'),
  title: z.string().describe('Title of the document.'),
  filename: z.string().describe('File name of the document.'),
  ...Place.shape,
  url: z
    .string()
    .describe('Path in the web app that opens the document at this place, with its page or second if it has one.'),
});
