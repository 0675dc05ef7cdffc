import type { Source } from '@lorebox/contract/chat';

/** A retrieved passage, numbered as the answer cites it. The API calls it a source. */
export type Passage = Source;
