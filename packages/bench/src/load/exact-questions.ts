import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../data/exact-questions.jsonl');
const MAX_ANSWER = 40;

/** A question with or for a name, a code or a number, and what the passage that answers it contains. */
export interface ExactQuestion {
  /** Name of the judged document that answers it. */
  file: string;
  question: string;
  /** A fact, no sentence: the documents themselves stay outside. */
  answer: string;
}

/** The questions, all of them about documents of `filenames`; throws with the number of the first line that is not. */
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
