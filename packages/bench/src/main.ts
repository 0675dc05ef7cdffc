import { describeMachine, printNote } from './report.ts';

type Scenario = (args: string[]) => Promise<void>;

const SCENARIOS: Record<string, { about: string; load(): Promise<Scenario> }> = {
  retrieval: {
    about: 'quality and time of search on judged sets  [--sets A,B] [--data DIR] [--limit-docs N] [--keep-data DIR]',
    load: async () => (await import('./scenarios/retrieval.ts')).retrieval,
  },
  exact: {
    about: 'phrases, names, codes and numbers of real documents, asked for as they are  [--misses]',
    load: async () => (await import('./scenarios/exact.ts')).exact,
  },
  ingest: {
    about: 'documents/s, chunks/s and what others wait meanwhile  [--embedder zero,shipped] [--documents N] [--prof]',
    load: async () => (await import('./scenarios/ingest.ts')).ingest,
  },
  support: {
    about: 'precision and recall of the support check on judged sentences  [--misses]',
    load: async () => (await import('./scenarios/support.ts')).support,
  },
  embed: {
    about: 'chunks/s of the shipped embedder beside a transformers.js loop with the same weights  [--documents 60]',
    load: async () => (await import('./scenarios/embed.ts')).embed,
  },
  web: {
    about:
      'the web app in Chromium: first load, Lighthouse, streaming, scrolling, search  [--messages 1000] [--seconds 30] [--documents 100000] [--skip load,lighthouse,streaming,documents]',
    load: async () => (await import('./scenarios/web.ts')).web,
  },
  turns: {
    about: 'turns/s and time to first text, zero-delay model  [--concurrency 1,8,32] [--seconds N] [--prof]',
    load: async () => (await import('./scenarios/turns.ts')).turns,
  },
  search: {
    about: 'search in large workspaces, cold and warm  [--chunks 10000,100000] [--per-document 50] [--prof]',
    load: async () => (await import('./scenarios/search.ts')).search,
  },
  scale: {
    about: 'one workspace of up to a million chunks, beside LanceDB  [--chunks 100000,1000000] [--queries 200]',
    load: async () => (await import('./scenarios/scale.ts')).scale,
  },
  list: {
    about: 'requests/s of plain lists against bare Hono  [--connections 32] [--seconds 5] [--prof]',
    load: async () => (await import('./scenarios/list.ts')).list,
  },
  'fan-out': {
    about: 'many streams that follow answers  [--streams 100,1000] [--answers 10] [--words 200] [--delay 50] [--prof]',
    load: async () => (await import('./scenarios/fan-out.ts')).fanOut,
  },
  hostile: {
    about: 'what others wait while one caller sends hostile bodies and searches  [--megabytes 1,100]',
    load: async () => (await import('./scenarios/hostile.ts')).hostile,
  },
  start: {
    about: 'time to ready, memory at rest and after load, size of the packages  [--rounds 5] [--rest SECONDS]',
    load: async () => (await import('./scenarios/start.ts')).start,
  },
  pdf: {
    about: 'born-digital PDF pages a second  [--pages 1000] [--files 1,4,20]',
    load: async () => (await import('./scenarios/pdf.ts')).pdf,
  },
  manifest: {
    about: 'every file of a judged set: passed, total and what is wrong with the others  [--languages eng,chi_sim]',
    load: async () => (await import('./scenarios/manifest.ts')).manifest,
  },
  documents: {
    about: 'words of generated documents that are lost, added or misplaced  [--seeds 100] [--kind NAME] [--first SEED]',
    load: async () => (await import('./scenarios/documents.ts')).documents,
  },
  layout: {
    about: 'reading order and headings of generated and judged PDF pages  [--pages 400] [--first SEED]',
    load: async () => (await import('./scenarios/layout.ts')).layout,
  },
  ocr: {
    about: 'errors, seconds and memory of text recognition on judged scans  [--languages eng,deu] [--truth DIR]',
    load: async () => (await import('./scenarios/ocr.ts')).ocr,
  },
  speech: {
    about:
      'errors, real-time factor and memory of transcription on judged recordings  [--language en] [--model NAME] [--truth DIR]',
    load: async () => (await import('./scenarios/speech.ts')).speech,
  },
  prompts: {
    about:
      'the same questions in prompts of different layouts, with real weights  [--models DIR] [--passages 4] [--only TEXT]',
    load: async () => (await import('./scenarios/prompts.ts')).prompts,
  },
  answers: {
    about:
      'judged questions over real documents, with real weights and with quotes  [--models DIR] [--only NAME] [--ids 1,2] [--misses]',
    load: async () => (await import('./scenarios/answers.ts')).answers,
  },
  tokens: {
    about: 'estimated tokens per real token, for seven tokenizers and 48 kinds of text  [--fit]',
    load: async () => (await import('./scenarios/tokens.ts')).tokens,
  },
  kill: {
    about: 'kill -9 during an ingest, then a count of everything  [--rounds 30] [--documents 200] [--seed N]',
    load: async () => (await import('./scenarios/kill.ts')).kill,
  },
};

/** Scenarios that require data sets outside the repository. */
const NEED_DATA = ['retrieval', 'exact', 'manifest', 'layout', 'ocr', 'speech', 'tokens', 'answers', 'prompts'];

const [name = '--help', ...args] = process.argv.slice(2);
const names = name === 'all' ? Object.keys(SCENARIOS).filter((each) => !NEED_DATA.includes(each)) : [name];
if (names.some((each) => !Object.hasOwn(SCENARIOS, each))) {
  const isAsked = /^(?:--help|-h|help)$/.test(name);
  const lines = Object.entries(SCENARIOS).map(([each, { about }]) => `  ${each.padEnd(10)} ${about}`);
  const text = `npm run bench -- NAME [options]\n\n${lines.join('\n')}\n  all        everything that needs no data\n`;
  (isAsked ? process.stdout : process.stderr).write(text);
  process.exit(isAsked ? 0 : 2);
}
printNote(describeMachine());
for (const each of names) {
  const run = await SCENARIOS[each]?.load();
  await run?.(name === 'all' ? [] : args);
}
process.exit(0);
