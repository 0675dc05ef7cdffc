import type { AnswerBasis, AnswerNotice, TableQuery } from '@lorebox/contract/chat';
import type { SearchNotice } from '@lorebox/contract/reranker';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import type { Passage } from './passage.ts';

/** A result that Lorebox calculated. */
export interface ComputedFact {
  /** One sentence. */
  statement: string;
  values: readonly (string | number | null)[];
  /** Numbers of the passages with the cells that it is made from. */
  sources: readonly number[];
}

/** What an answer is made from. */
export interface Material {
  basis: AnswerBasis;
  /** The first `mustRead` in reading order, then best first. */
  passages: Passage[];
  /** Numbers of passages whose vectors are close to the question's. */
  similar?: ReadonlySet<number>;
  /** Number of leading passages that the model reads even if that takes longer than the target. */
  mustRead: number;
  /** What the model reads instead of a passage's text, by number. */
  promptTexts: ReadonlyMap<number, string>;
  /** What Lorebox counted or calculated, one sentence each. */
  facts: readonly string[];
  /** Speech times by passage number, from 1. Null for documents other than recordings. */
  times: readonly (SpeechTimes | null)[];
  tableQueries: TableQuery[];
  /** Results of table queries. An answer that lacks one gets its statement. */
  computed?: readonly ComputedFact[];
  notices: SearchNotice[];
  /** Why less was read than the question asks for. */
  readNotices: AnswerNotice[];
  /** Number of documents that the question is about. Null if it looks for passages. */
  documentsMatching: number | null;
  /** What the question wants of all documents or passages. Null for other questions. */
  itemsWanted: 'list' | 'count' | null;
  /** True if a list or number made from a part of the documents has to say so. */
  mustStatePart: boolean;
  /** Duration in milliseconds. */
  ms: number;
}
