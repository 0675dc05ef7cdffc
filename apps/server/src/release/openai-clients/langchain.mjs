// Runs in a folder with LangChain. LOREBOX_URL is the base URL, LOREBOX_API_KEY a key.
import assert from 'node:assert/strict';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';

const { LOREBOX_URL: baseURL, LOREBOX_API_KEY: apiKey } = process.env;
const ANSWER = 'The pump needs oil every 90 days. [1].';
const prompt = 'How often does the pump need oil?';

for (const useResponsesApi of [false, true]) {
  const chat = (model) => new ChatOpenAI({ model, apiKey, useResponsesApi, configuration: { baseURL } });
  const workspace = chat('workspace:machines');
  assert.equal((await workspace.invoke(prompt)).text, ANSWER);
  let text = '';
  for await (const chunk of await workspace.stream(prompt)) text += chunk.text;
  assert.equal(text, ANSWER);
  const structured = workspace.withStructuredOutput(z.object({ days: z.number() }), { method: 'jsonSchema' });
  assert.deepEqual(await structured.invoke(prompt), { days: 3 });

  const double = tool(({ input }) => String(input * 2), {
    name: 'double',
    description: 'Doubles a number.',
    schema: z.object({ input: z.number() }),
  });
  const raw = chat('ollama:llama3.2').bindTools([double]);
  const question = new HumanMessage('What is 3 doubled?');
  const asked = await raw.invoke([question]);
  assert.deepEqual(asked.tool_calls?.[0]?.args, { input: 3 });
  const result = new ToolMessage({ tool_call_id: asked.tool_calls[0].id, content: '6' });
  assert.equal((await raw.invoke([question, asked, result])).text, 'The tool says 6.');
}

const embeddings = new OpenAIEmbeddings({ model: 'lorebox', apiKey, configuration: { baseURL } });
const vectors = await embeddings.embedDocuments(['a pump', 'a valve']);
assert.equal(vectors.length, 2);
assert.equal((await embeddings.embedQuery('a pump')).length, vectors[0].length);
console.log('all checks passed');
