import { answerFromSources, type FakeToolCall } from './fake-reply.ts';

type Json = Record<string, unknown>;

/** Returns the reply of a model that follows every schema to an Ollama request: JSON if a format is required. */
export function reply(request: Json): string {
  const { format, messages } = request;
  // The fields that LangChain's tests of JSON mode request.
  if (format === 'json') return '{"setup": "Two cats", "punchline": "sat."}';
  if (typeof format === 'object' && format !== null) return JSON.stringify(sampleOf(format as Json));
  const last = (messages as Json[]).at(-1);
  if (last?.role === 'tool') return `The tool says ${last.content}.`;
  // A tool call has no text.
  if (callTools(request).length > 0) return '';
  return String(last?.content).startsWith('Sources. ')
    ? answerFromSources(request)
    : 'Hello, how can I help you today?';
}

/** Calls the first offered tool, once per question. */
export function callTools({ tools, messages }: Json): FakeToolCall[] {
  const [tool] = (tools ?? []) as { function: { name: string; parameters: Json } }[];
  const last = (messages as Json[]).at(-1);
  if (!tool || last?.role === 'tool' || String(last?.content).startsWith('Thanks')) return [];
  const { name, parameters } = tool.function;
  return [{ name, arguments: sampleOf(parameters) as Json }];
}

/** Returns a value that matches the schema. Numbers and strings are those that LangChain's tests expect. */
function sampleOf(schema: Json, root: Json = schema): unknown {
  const { $ref, anyOf, properties, type } = schema;
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (typeof $ref === 'string') return sampleOf(definitionOf(root, $ref), root);
  if (Array.isArray(anyOf)) return sampleOf(anyOf[0], root);
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object': {
      const fields = Object.entries((properties ?? {}) as Record<string, Json>);
      return Object.fromEntries(fields.map(([key, field]) => [key, sampleOf(field, root)]));
    }
    case 'array':
      return [sampleOf((schema.items ?? {}) as Json, root)];
    case 'integer':
    case 'number':
      return 3;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'cats 你好 こんにちは';
  }
}

function definitionOf(root: Json, ref: string): Json {
  return ref
    .slice(2)
    .split('/')
    .reduce((found, key) => (found as Json)[key], root as unknown) as Json;
}
