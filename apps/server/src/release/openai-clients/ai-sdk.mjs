// Runs in a folder with the Vercel AI SDK. LOREBOX_URL is the base URL, LOREBOX_API_KEY a key.
import assert from 'node:assert/strict';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

const { LOREBOX_URL: baseURL, LOREBOX_API_KEY: apiKey } = process.env;
const ANSWER = 'The pump needs oil every 90 days. [1].';
const WORKSPACE = 'workspace:machines';
const RAW = 'ollama:llama3.2';
const prompt = 'How often does the pump need oil?';

const openai = createOpenAI({ baseURL, apiKey });
const compatible = createOpenAICompatible({ name: 'lorebox', baseURL, apiKey });

function checkSources(sources) {
  assert.equal(sources.length, 1);
  assert.equal(sources[0].title, 'Manual');
  assert.match(sources[0].url, /\/v1\/documents\/doc_\w+\/content$/);
}

async function read(result) {
  let text = '';
  for await (const piece of result.textStream) text += piece;
  return text;
}

for (const model of [openai.chat(WORKSPACE), openai(WORKSPACE)]) {
  const whole = await generateText({ model, prompt });
  assert.equal(whole.text, ANSWER);
  checkSources(whole.sources);
  assert.ok(whole.usage.totalTokens > 0);
  const stream = streamText({ model, prompt });
  assert.equal(await read(stream), ANSWER);
  checkSources(await stream.sources);
  // The whole conversation, as the SDK keeps it.
  const earlier = whole.responseMessages ?? whole.response.messages;
  const messages = [{ role: 'user', content: prompt }, ...earlier, { role: 'user', content: 'Really?' }];
  assert.equal((await generateText({ model, messages })).text, ANSWER);
  const schema = z.object({ days: z.number() });
  const { output } = await generateText({ model, prompt, output: Output.object({ schema }) });
  assert.deepEqual(output, { days: 3 });
}

const double = tool({
  description: 'Doubles a number.',
  inputSchema: z.object({ input: z.number() }),
  execute: async ({ input }) => String(input * 2),
});
for (const model of [openai.chat(RAW), openai(RAW), compatible(RAW)]) {
  const options = { model, prompt: 'What is 3 doubled?', tools: { double }, stopWhen: stepCountIs(3) };
  const { text, steps } = await generateText(options);
  assert.equal(steps[0].toolCalls[0].toolName, 'double');
  assert.equal(text, 'The tool says 6.');
  assert.equal(await read(streamText(options)), 'The tool says 6.');
}

assert.equal((await generateText({ model: compatible(WORKSPACE), prompt })).text, ANSWER);
assert.equal(await read(streamText({ model: compatible(WORKSPACE), prompt })), ANSWER);

const { embeddings } = await embedMany({ model: openai.embedding('lorebox'), values: ['a pump', 'a valve'] });
assert.equal(embeddings.length, 2);
await assert.rejects(
  generateText({ model: openai('gpt-5'), prompt }),
  ({ message, statusCode }) => statusCode === 404 && message.includes('Available models: workspace:machines'),
);
console.log('all checks passed');
