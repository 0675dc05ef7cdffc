import type { AnswerBasis, AnswerNotice, TableQuery } from '@lorebox/contract/chat';
import type { SearchNotice } from '@lorebox/contract/reranker';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import type { Passage } from './passage.ts';

/** What an answer is made from. */
export interface Material {
  basis: AnswerBasis;
  /** The first `mustRead` in reading order, then best first. */
  passages: Passage[];
  /** Number of leading passages that the model reads even if that takes longer than the target. */
  mustRead: number;
  /** What the model reads instead of a passage's text, by number. */
  promptTexts: ReadonlyMap<number, string>;
  /** What Lorebox counted or calculated, one sentence each. */
  facts: readonly string[];
  /** Speech times by passage number, from 1. Null for documents other than recordings. */
  times: readonly (SpeechTimes | null)[];
  tableQueries: TableQuery[];
  notices: SearchNotice[];
  /** Why less was read than the question asks for. */
  readNotices: AnswerNotice[];
  /** Number of documents that the question is about. Null if it looks for passages. */
  documentsMatching: number | null;
  /** True if a list or number made from a part of the documents has to say so. */
  mustStatePart: boolean;
  /** Duration in milliseconds. */
  ms: number;
}
