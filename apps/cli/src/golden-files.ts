import { open } from 'node:fs/promises';
import type { Lorebox } from '@lorebox/sdk';

export type Golden = Parameters<Lorebox['evals']['addQuestions']>[1][number];

/**
 * Reads test questions as JSON lines: {"question", "relevant": ["report.pdf" or {"document", "start", "end", "grade"}],
 * "answer", "answerable"}.
 */
export async function readGolden(file: string): Promise<Golden[]> {
  const questions: Golden[] = [];
  for await (const { value, place } of readJsonLines(file)) {
    const { question, relevant = [], answer, answerable } = value;
    if (typeof question !== 'string' || !Array.isArray(relevant)) {
      throw new Error(`${place} needs "question", and "relevant" as a list.`);
    }
    const places = relevant.map((each: unknown) => (typeof each === 'object' ? each : { document: String(each) }));
    questions.push({
      question,
      relevant: places as NonNullable<Golden['relevant']>,
      ...(typeof answer === 'string' ? { answer } : {}),
      ...(typeof answerable === 'boolean' ? { answerable } : {}),
    });
  }
  return questions;
}

/**
 * Reads a judged set in TREC or BEIR format: queries as JSON lines {"id", "text"}, judgments as query, document, grade.
 */
export async function readJudged(queriesFile: string, judgementsFile: string): Promise<Golden[]> {
  const relevant = new Map<string, { document: string; grade: number }[]>();
  const handle = await open(judgementsFile);
  for await (const line of handle.readLines()) {
    const fields = line.trim().split(/\s+/);
    // TREC has an additional, unused column. The first line may be a header.
    const [query = '', document = '', grade = ''] = fields.length === 4 ? [fields[0], fields[2], fields[3]] : fields;
    if (!/^-?\d+(\.\d+)?$/.test(grade)) continue;
    relevant.set(query, [...(relevant.get(query) ?? []), { document, grade: Math.max(0, Number(grade)) }]);
  }
  const questions: Golden[] = [];
  for await (const { value, place } of readJsonLines(queriesFile)) {
    const { id = value._id, text } = value;
    if (typeof text !== 'string' || id === undefined) throw new Error(`${place} needs "id" and "text".`);
    const places = relevant.get(String(id));
    if (places) questions.push({ question: text, relevant: places });
  }
  return questions;
}

async function* readJsonLines(file: string): AsyncGenerator<{ value: Record<string, unknown>; place: string }> {
  let number = 0;
  const handle = await open(file);
  for await (const line of handle.readLines()) {
    number += 1;
    const place = `${file}:${number}`;
    const text = number === 1 ? line.replace(/^\ufeff/, '') : line;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Error(`${place} is not valid JSON.`);
    }
    if (value === null || typeof value !== 'object') throw new Error(`${place} is not a JSON object.`);
    yield { value: value as Record<string, unknown>, place };
  }
}
