import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface JudgedDocument {
  id: string;
  title: string;
  text: string;
}

/** A collection with queries and, for each query, the relevance grades of the judged documents. */
export interface JudgedSet {
  name: string;
  documents: JudgedDocument[];
  queries: { id: string; text: string }[];
  grades: Map<string, Map<string, number>>;
}

const FILES = ['corpus.jsonl', 'queries.jsonl', 'qrels.tsv'];

export function listSets(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => missingFiles(folder, name).length === 0)
    .sort();
}

/** Splits "A>B", the questions of one set over the documents of another with the same ids. */
function partsOf(name: string): { questions: string; documents: string } {
  const [questions = '', documents = questions] = name.split('>');
  return { questions, documents };
}

export function missingFiles(folder: string, name: string): string[] {
  const { questions, documents } = partsOf(name);
  const paths = [...new Set([questions, documents])].flatMap((set) => FILES.map((file) => join(folder, set, file)));
  return paths.filter((path) => !existsSync(path));
}

/** Whether questions and documents are in different languages. */
export const isCrossLanguage = (name: string): boolean => name.includes('>');

export function readSet(folder: string, name: string, limitDocuments: number): JudgedSet {
  const parts = partsOf(name);
  const read = (file: string) =>
    readFileSync(join(folder, file === 'queries.jsonl' ? parts.questions : parts.documents, file), 'utf8')
      .split('\n')
      .filter(Boolean);
  const documents = read('corpus.jsonl').slice(0, limitDocuments).map(toDocument);
  const known = new Set(documents.map(({ id }) => id));
  const grades = new Map<string, Map<string, number>>();
  for (const line of read('qrels.tsv').slice(1)) {
    const [query = '', document = '', grade = '0'] = line.split('\t');
    if (!known.has(document)) continue;
    const judged = grades.get(query) ?? new Map<string, number>();
    grades.set(query, judged.set(document, Number(grade)));
  }
  const isAnswerable = (id: string) => [...(grades.get(id)?.values() ?? [])].some((grade) => grade > 0);
  const queries = read('queries.jsonl')
    .map(toDocument)
    .filter(({ id }) => isAnswerable(id));
  return { name, documents, queries, grades };
}

function toDocument(line: string): JudgedDocument {
  const { id, title = '', text = '' } = JSON.parse(line) as { id: string | number; title?: string; text?: string };
  return { id: String(id), title, text };
}
