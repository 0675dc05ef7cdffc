import type { Citation } from '@lorebox/contract/chat';
import { fileIdOf } from './store-files.ts';

/** Builds a `url_citation`. Fields that OpenAI doesn't have are in snake_case too. */
function toUrlCitation(citation: Citation, answer: string, origin: string) {
  const { documentId, externalId, chunkId, n, text, startTime, endTime, ...place } = citation;
  const marker = `[${n}]`;
  const found = answer.indexOf(marker);
  const { start, end } = found < 0 ? firstSentence(citation, answer) : { start: found, end: found + marker.length };
  return {
    url: urlOf(citation, origin),
    title: place.title,
    start_index: start,
    end_index: end,
    file_id: fileIdOf({ id: documentId, externalId }),
    filename: place.filename,
    index: n,
    quote: text,
    external_id: externalId,
    chunk_id: chunkId,
    page: place.page,
    start_time: startTime,
    end_time: endTime,
    section: place.section,
    start: place.start,
    end: place.end,
    origin: citation.origin,
    sentences: citation.sentences,
  };
}

/** Place of a citation without a marker: the sentence that Lorebox found it for. */
function firstSentence({ sentences }: Citation, answer: string): { start: number; end: number } {
  return sentences[0] ?? { start: answer.length, end: answer.length };
}

/** URL of the document's file; browsers open a PDF at the page. */
function urlOf({ documentId, page }: Citation, origin: string): string {
  const url = `${origin}/v1/documents/${encodeURIComponent(documentId)}/content`;
  return page === null ? url : `${url}#page=${page}`;
}

/** Annotation format of chat completion messages. `answer` is the whole text. */
export function toChatAnnotation(citation: Citation, answer: string, origin: string) {
  return { type: 'url_citation', url_citation: toUrlCitation(citation, answer, origin) };
}

/** Annotation format of a response's output text. */
export function toResponseAnnotation(citation: Citation, answer: string, origin: string) {
  return { type: 'url_citation', ...toUrlCitation(citation, answer, origin) };
}
