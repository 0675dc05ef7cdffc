// A simple transformers.js program in a separate process: reads texts, embeds them and reports the time.
import { env, pipeline } from '@huggingface/transformers';

interface Order {
  folder: string;
  name: string;
  texts: string[];
  batch: number;
}

env.allowRemoteModels = false;

process.on('message', async ({ folder, name, texts, batch }: Order) => {
  env.localModelPath = folder;
  const embed = await pipeline('feature-extraction', name, { dtype: 'q8' });
  await embed('the model is loaded with the first text', { pooling: 'cls', normalize: true });
  const started = performance.now();
  let first: number[] = [];
  for (let from = 0; from < texts.length; from += batch) {
    const output = await embed(texts.slice(from, from + batch), { pooling: 'cls', normalize: true });
    if (from === 0) first = Array.from(output.data as Float32Array).slice(0, 384);
  }
  process.send?.({ seconds: (performance.now() - started) / 1000, first });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
