import { answerFromSources, type FakeToolCall } from './fake-reply.ts';

type Json = Record<string, unknown>;

/** What a model that keeps to every schema says to a request of Ollama's API: JSON where a format is required. */
export function reply(request: Json): string {
  const { format, messages } = request;
  // What LangChain's tests of the mode ask for.
  if (format === 'json') return '{"setup": "Two cats", "punchline": "sat."}';
  if (typeof format === 'object' && format !== null) return JSON.stringify(sampleOf(format as Json));
  const last = (messages as Json[]).at(-1);
  if (last?.role === 'tool') return `The tool says ${last.content}.`;
  // A tool call has no text.
  if (callTools(request).length > 0) return '';
  return String(last?.content).includes('<source-') ? answerFromSources(request) : 'Hello, how can I help you today?';
}

/** Calls the first tool that is offered, once per question. */
export function callTools({ tools, messages }: Json): FakeToolCall[] {
  const [tool] = (tools ?? []) as { function: { name: string; parameters: Json } }[];
  const last = (messages as Json[]).at(-1);
  if (!tool || last?.role === 'tool' || String(last?.content).startsWith('Thanks')) return [];
  const { name, parameters } = tool.function;
  return [{ name, arguments: sampleOf(parameters) as Json }];
}

/** A value that the schema allows. Numbers and strings are what LangChain's tests ask for. */
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
