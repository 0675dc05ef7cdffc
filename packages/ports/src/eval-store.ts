import type { EvalMetrics, EvalResult, EvalRun, GoldenItem, GoldenQuestion } from '@lorebox/contract/eval';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { ThreadViewer } from './chat-stores.ts';

/** A question of an eval run that is not measured yet, as it was when the run started. */
export interface PendingQuestion {
  position: number;
  question: GoldenItem;
}

/** Test questions and the eval runs made with them. */
export interface EvalStore {
  /** Adds questions in one transaction. A question with the same wording is replaced and keeps its id. */
  addQuestions(questions: readonly GoldenQuestion[]): Promise<{ added: number; replaced: number }>;
  listQuestions(
    query: PageInput & { workspaceId: string; approved?: boolean | undefined },
  ): Promise<Page<GoldenQuestion>>;
  getQuestion(id: string): Promise<GoldenQuestion | null>;
  updateQuestion(
    id: string,
    change: Partial<Pick<GoldenQuestion, 'question' | 'relevant' | 'answer' | 'answerable' | 'approved'>>,
  ): Promise<void>;
  removeQuestion(id: string): Promise<void>;
  /** Stores the run with a copy of every approved question of its workspace. Returns the number of questions. */
  startRun(run: Omit<EvalRun, 'total' | 'done' | 'metrics' | 'finishedAt' | 'message'>): Promise<number>;
  getRun(id: string): Promise<EvalRun | null>;
  /** Newest first. */
  listRuns(query: PageInput & { workspaceId: string }): Promise<Page<EvalRun>>;
  /** Oldest first. */
  unfinishedRuns(): Promise<EvalRun[]>;
  nextQuestion(runId: string): Promise<PendingQuestion | null>;
  saveResult(runId: string, position: number, result: EvalResult): Promise<void>;
  /** Returns false if the run had already ended. */
  finishRun(
    runId: string,
    end: { state: EvalRun['state']; metrics: EvalMetrics | null; message: string | null; at: Date },
  ): Promise<boolean>;
  /** In the order of the questions. */
  listResults(query: PageInput & { runId: string }): Promise<Page<EvalResult>>;
  removeRun(id: string): Promise<void>;
  /** Answers in this workspace that were rated up, each with its question: the viewer's own and the shared ones. */
  ratedUp(
    workspaceId: string,
    viewer: ThreadViewer,
  ): Promise<{ question: string; answer: string; places: { documentId: string; start: number; end: number }[] }[]>;
}
