import type { AnswerBasis, TableQuery } from '@lorebox/contract/chat';
import type { SearchNotice } from '@lorebox/contract/reranker';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import type { Passage } from './passage.ts';

/** What an answer is made from. */
export interface Material {
  basis: AnswerBasis;
  /** Best first. */
  passages: Passage[];
  /** Speech times by passage number, from 1. Null for documents other than recordings. */
  times: readonly (SpeechTimes | null)[];
  tableQueries: TableQuery[];
  notices: SearchNotice[];
  /** Number of documents that the question is about. Null if it looks for passages. */
  documentsMatching: number | null;
  /** Duration in milliseconds. */
  ms: number;
}
