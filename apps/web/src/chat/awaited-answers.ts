/** Answers that this tab asked for and that screen readers have not been told yet. */
export const awaitedAnswers = new Set<string>();
