import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerEnd } from '@lorebox/sdk';

const FILE = join(import.meta.dirname, '../data/answer-questions.jsonl');

/** A question about judged documents, with the facts that a right answer contains. Written before any answer was seen. */
export interface AnswerQuestion {
  id: number;
  /** whole: about a whole document or several. unanswerable: the documents don't say it. */
  kind: 'lookup' | 'whole' | 'unanswerable';
  language: string;
  question: string;
  /** A right answer contains one form of each fact. Forms are separated by "|". */
  facts: string[];
  /** Files that contain the answer. Empty for unanswerable questions. */
  files: string[];
}

export interface JudgedAnswer {
  /** All facts are in the answer, or an unanswerable question was refused. */
  isRight: boolean;
  /** A citation leads to a passage of the right file that contains one of the facts. */
  isCited: boolean;
  isRefused: boolean;
}

/** Even ids are for tuning, odd ones are held out. */
export function halfOf({ id }: AnswerQuestion): 'tuning' | 'held out' {
  return id % 2 === 0 ? 'tuning' : 'held out';
}

export function readAnswerQuestions(filenames: ReadonlySet<string>): AnswerQuestion[] {
  const lines = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  return lines.map((line, index) => {
    const question = JSON.parse(line) as AnswerQuestion;
    const unknown = question.files.find((file) => !filenames.has(file));
    if (unknown) throw new Error(`answer-questions.jsonl:${index + 1}: no judged document is called ${unknown}`);
    return question;
  });
}

export function judgeAnswer(question: AnswerQuestion, end: AnswerEnd): JudgedAnswer {
  const isRefused = end.finishReason === 'refused';
  if (question.kind === 'unanswerable') return { isRight: isRefused, isCited: end.citations.length === 0, isRefused };
  return {
    isRight: !isRefused && hasFacts(question, end.answer),
    isCited: end.citations.some(
      ({ filename, text }) => question.files.includes(filename) && question.facts.some((fact) => contains(text, fact)),
    ),
    isRefused,
  };
}

/** The text contains a form of every fact. */
export function hasFacts({ facts }: AnswerQuestion, text: string): boolean {
  return facts.every((fact) => contains(text, fact));
}

function contains(text: string, fact: string): boolean {
  const folded = fold(text);
  return fact.split('|').some((form) => folded.includes(fold(form)));
}

/** Removes differences that don't matter: case, white space, and separators in numbers. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(\d)[,\u00a0 ](?=\d{3}\b)/g, '$1');
}
