import { defaultVectorFolder, type VectorProviderId, vectorProviders } from '@lorebox/providers/vector/registry';
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { Env } from './env.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables that the CLI, the SDK and the tests use. */
const OTHER_VARIABLES = /^LOREBOX_(URL|PROFILE|CONFIG|(TEST|BENCH)_\w+)$/;
const MAX_EDITS = 6;

/** Returns all problems with the variables, one sentence each, starting with the name of the variable. */
export function findProblems(variables: Variables, error: z.ZodError | undefined): string[] {
  const invalid = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  return [...findUnknown(variables), ...invalid, ...findMissing(variables)];
}

function findUnknown(variables: Variables): string[] {
  const known = Object.keys(Env.shape);
  const unknown = Object.keys(variables).filter(
    (name) => name.startsWith('LOREBOX_') && !known.includes(name) && !OTHER_VARIABLES.test(name),
  );
  return unknown.map((name) => {
    const [nearest] = known.map((other) => ({ other, edits: distance(name, other) })).sort((a, b) => a.edits - b.edits);
    const hint = nearest && nearest.edits <= MAX_EDITS ? ` Did you mean ${nearest.other}?` : '';
    return `${name}: there is no such setting.${hint}`;
  });
}

/** Reports settings that require another setting. */
function findMissing(variables: Variables): string[] {
  const { LOREBOX_OPENAI_URL: openAiUrl, LOREBOX_VECTOR_BACKEND: backend = 'sqlite' } = variables;
  const usesOpenAi = (name: string) => variables[name]?.startsWith('openai:') ?? false;
  const problems: string[] = [];
  if (Boolean(variables.LOREBOX_ADMIN_USERNAME) !== Boolean(variables.LOREBOX_ADMIN_PASSWORD)) {
    problems.push('LOREBOX_ADMIN_USERNAME and LOREBOX_ADMIN_PASSWORD must be set together.');
  }
  if (usesOpenAi('LOREBOX_EMBEDDER') && !openAiUrl) {
    problems.push('LOREBOX_EMBEDDER: "openai:..." requires LOREBOX_OPENAI_URL.');
  }
  if (usesOpenAi('LOREBOX_SPEECH_MODEL') && !openAiUrl && !variables.LOREBOX_SPEECH_URL) {
    problems.push('LOREBOX_SPEECH_MODEL: "openai:..." requires LOREBOX_OPENAI_URL.');
  }
  if (isVectorProvider(backend) && !variables.LOREBOX_VECTOR_URL && defaultVectorFolder(backend) === undefined) {
    problems.push(`LOREBOX_VECTOR_BACKEND: "${backend}" requires LOREBOX_VECTOR_URL.`);
  }
  return problems;
}

const isVectorProvider = (id: string): id is VectorProviderId => Object.hasOwn(vectorProviders, id);
