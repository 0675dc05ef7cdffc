import { foldQuestion } from './fold-question.ts';
import { DOCUMENT_WORDS, QUESTION_WORDS, type QuestionKind } from './question-words.ts';

/** Longer questions contain the words of other kinds by chance. */
const MAX_WORDS = 40;
const ASKED = new Set(['is', 'are', 's', 'do', 'does']);
const POINTERS = new Set(['this', 'these', 'the', 'my', 'our']);
const ENDINGS = new Set(['about', 'for', 'say', 'contain', 'cover', 'describe', 'discuss', 'deal with']);
/** Words between "the" and the document: "the annual financial report". */
const MAX_ATTRIBUTES = 4;

/** Decides by the words of the question, in the larger languages. Anything unclear is a lookup. */
export function classifyQuestion(question: string): QuestionKind {
  const text = foldQuestion(question);
  const words = text.split(' ');
  if (words.length > MAX_WORDS) return 'lookup';
  for (const [kind, patterns] of QUESTION_WORDS) {
    if (patterns.some((pattern) => pattern.test(text))) return kind;
  }
  return asksWhatDocumentSays(words) ? 'overview' : 'lookup';
}

/** "What is this report about?", "What does the contract say?" */
function asksWhatDocumentSays([what, verb = '', pointer = '', ...rest]: readonly string[]): boolean {
  if (what !== 'what' || !ASKED.has(verb) || !POINTERS.has(pointer)) return false;
  const at = rest.findIndex((word) => DOCUMENT_WORDS.has(word));
  if (at < 0 || at > MAX_ATTRIBUTES) return false;
  return ENDINGS.has(
    rest
      .slice(at + 1)
      .join(' ')
      .replace(/[?.!]+/g, ''),
  );
}
