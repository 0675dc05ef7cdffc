import type { Models, Stores } from '../core.ts';
import { type LanguageCounts, measureLanguages } from './measure-languages.ts';

/** Stands for the included model that fits the languages of the documents. */
export const AUTOMATIC = 'shipped';
const ENGLISH = 'shipped:english';
const MULTILINGUAL = 'shipped:multilingual';

/** From this share of texts in other languages, the multilingual model is used, and from the lower one the English one. */
const MULTILINGUAL_FROM = 0.2;
const ENGLISH_BELOW = 0.05;
/** Chunks that the languages are measured on. */
const SAMPLED_CHUNKS = 60;
/** Questions in another language than the documents need the multilingual model as well. */
const LAST_QUESTIONS = 30;
const QUESTION_LETTERS = 12;
/** Characters that the language of a part of a text can be recognized from. */
const MIN_PART = 500;
/** A single text in another language, such as a quote, changes nothing. */
const MIN_OTHER = 2;

interface Deps {
  models: Pick<Models, 'embedders'>;
  stores: Pick<Stores, 'embeddings'>;
}

/** Whether the name belongs to an included model. */
export function isIncluded({ models }: Pick<Deps, 'models'>, name: string): boolean {
  const ids = [ENGLISH, MULTILINGUAL].map((included) => models.embedders.modelIdOf(included));
  return [AUTOMATIC, ENGLISH, MULTILINGUAL, ...ids].includes(name);
}

/** What is written and asked in a workspace. */
export interface WorkspaceLanguages {
  texts: LanguageCounts;
  questions: LanguageCounts;
}

/** Counts a sample of the chunks, and the last questions, by language. */
export async function measureWorkspace({ models, stores }: Deps, workspaceId: string): Promise<WorkspaceLanguages> {
  const coverage = (text: string) => models.embedders.get(ENGLISH).coverage(text);
  const texts = await stores.embeddings.sampleTexts(workspaceId, SAMPLED_CHUNKS);
  const questions = await stores.embeddings.lastQuestions(workspaceId, LAST_QUESTIONS);
  return {
    texts: measureLanguages(texts, coverage),
    questions: measureLanguages(questions, coverage, QUESTION_LETTERS),
  };
}

/** Returns the model id of the included model for these languages. Between the two shares, it stays what it is. */
export function chooseIncluded(
  { models }: Pick<Deps, 'models'>,
  { texts, questions }: WorkspaceLanguages,
  active: string | null,
): string {
  const share = Math.max(shareOfOther(texts), shareOfOther(questions));
  const [english, multilingual] = [ENGLISH, MULTILINGUAL].map((name) => models.embedders.modelIdOf(name)) as [
    string,
    string,
  ];
  if (share >= MULTILINGUAL_FROM) return multilingual;
  if (share < ENGLISH_BELOW && texts.english > 0) return english;
  return active === multilingual ? multilingual : english;
}

function shareOfOther({ english, other }: LanguageCounts): number {
  return other < MIN_OTHER ? 0 : other / (english + other);
}

/** Chooses for the first document of a workspace, before it is embedded. */
export function chooseForText(deps: Pick<Deps, 'models'>, text: string): string {
  const english = deps.models.embedders.get(ENGLISH);
  const size = Math.max(MIN_PART, Math.ceil(text.length / SAMPLED_CHUNKS));
  const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
  const counts = measureLanguages(parts, (part) => english.coverage(part));
  const isOther = counts.other > 0 && counts.other >= MULTILINGUAL_FROM * (counts.english + counts.other);
  return deps.models.embedders.modelIdOf(isOther ? MULTILINGUAL : ENGLISH);
}
