import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../data/exact-questions.jsonl');
const MAX_ANSWER = 40;

/** A question that contains or asks for a name, code or number, and the text that the answering passage contains. */
export interface ExactQuestion {
  /** Name of the judged document with the answer. */
  file: string;
  question: string;
  /** A fact instead of a sentence, because the documents are not part of the repository. */
  answer: string;
}

/**
 * Returns the questions and checks that they are about documents in `filenames`. Throws with the line number of the
 * first one that is not.
 */
export function readExactQuestions(filenames: ReadonlySet<string>): ExactQuestion[] {
  const lines = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  return lines.map((line, index) => {
    const where = `exact-questions.jsonl:${index + 1}`;
    const { file, question, answer } = JSON.parse(line) as Partial<ExactQuestion>;
    if (!file || !question || !answer) throw new Error(`${where}: file, question and answer are needed`);
    if (answer.length > MAX_ANSWER) throw new Error(`${where}: the answer is longer than ${MAX_ANSWER} characters`);
    if (!filenames.has(file)) throw new Error(`${where}: no judged document is called ${file}`);
    return { file, question, answer };
  });
}
