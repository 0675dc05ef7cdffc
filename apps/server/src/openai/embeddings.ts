import { defaultEmbedder } from '@lorebox/core/embeddings/choose-embedder';
import { embedTexts } from '@lorebox/core/models/embed-texts';
import type { Embedder } from '@lorebox/ports/embedder';
import { z } from 'zod';
import { type Call, readBody } from './call.ts';
import { badRequest, OpenAiError } from './errors.ts';

const MAX_INPUTS = 2048;
/** Model name for the configured embedder. */
const MODEL_ALIAS = 'lorebox';

const Request = z.object({
  model: z.string().min(1).max(200),
  input: z.union([z.string(), z.array(z.union([z.string(), z.number(), z.array(z.number())]))], {
    error: 'A string, or an array of strings.',
  }),
  encoding_format: z.enum(['float', 'base64']).default('float'),
  dimensions: z.number().int().optional(),
});

export async function answerEmbeddings(call: Call): Promise<Response> {
  const { c, core, actor, context } = call;
  const { model, input, encoding_format, dimensions } = await readBody(call, Request, call.maxBodyBytes);
  const embedder = await defaultEmbedder(core);
  const { modelId, dimension } = embedder;
  if (model !== MODEL_ALIAS && model !== modelId) {
    const message = `Unknown embedding model. Use "${modelId}" or "${MODEL_ALIAS}".`;
    throw new OpenAiError('NOT_FOUND', message, { param: 'model', apiCode: 'model_not_found' });
  }
  if (dimensions !== undefined && dimension !== null && dimensions !== dimension) {
    throw badRequest(`Vectors of this model have ${dimension} dimensions.`, 'dimensions');
  }
  const texts = toTexts(embedder, input);
  const { vectors, tokens } = await embedTexts(core, actor, texts, context.signal());
  const data = vectors.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: encoding_format === 'base64' ? toBase64(vector) : Array.from(vector),
  }));
  return c.json({ object: 'list', data, model: modelId, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}

function toTexts(embedder: Embedder, input: z.infer<typeof Request>['input']): string[] {
  const given = typeof input === 'string' ? [input] : input;
  if (given.length === 0 || given.length > MAX_INPUTS) {
    throw badRequest(`Send 1 to ${MAX_INPUTS} texts per request.`, 'input');
  }
  return given.map((text, i) => {
    if (typeof text !== 'string') {
      throw badRequest('Token arrays are not supported, because models count tokens differently. Send text.', 'input');
    }
    if (text === '') throw badRequest(`input[${i}] is empty.`, 'input');
    const tokens = embedder.countTokens(text);
    if (tokens <= embedder.maxTokens) return text;
    // Embedding only the start of the text would look like success.
    const message = `input[${i}] has about ${tokens} tokens, but the embedding model accepts ${embedder.maxTokens}.`;
    throw new OpenAiError('BAD_REQUEST', message, { param: 'input', apiCode: 'context_length_exceeded' });
  });
}

/** Encodes little-endian 32-bit floats, as OpenAI does. */
function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
