import type { Citation, Source } from '@lorebox/contract/chat';

/** A retrieved passage, numbered as the answer cites it. The API calls it a source. */
export type Passage = Omit<Source, 'url'>;

/** A citation before it gets the URL of its place, which may still be narrowed. */
export type PassageCitation = Omit<Citation, 'url'>;
