import { englishModel } from '@lorebox/embedding-model';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { SentenceModel } from './sentence-model.ts';
import { sessionOptions } from './session-options.ts';

/** BERT: the vector of the first position is the one of the text. */
export async function loadEnglish(threads: number): Promise<SentenceModel> {
  const session = await InferenceSession.create(englishModel.modelPath, sessionOptions(threads));
  const { dimension } = englishModel;
  return {
    async run(rows) {
      const width = Math.max(...rows.map((row) => row.length));
      const ids = new BigInt64Array(rows.length * width);
      const mask = new BigInt64Array(rows.length * width);
      for (const [line, row] of rows.entries()) {
        for (const [column, id] of row.entries()) {
          ids[line * width + column] = BigInt(id);
          mask[line * width + column] = 1n;
        }
      }
      const shape = [rows.length, width];
      const output = await session.run({
        input_ids: new Tensor('int64', ids, shape),
        attention_mask: new Tensor('int64', mask, shape),
        token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
      });
      const hidden = output.last_hidden_state?.data;
      if (!(hidden instanceof Float32Array)) throw new Error('The model returned no last_hidden_state');
      const vectors = new Float32Array(rows.length * dimension);
      for (const line of rows.keys()) {
        const start = line * width * dimension;
        vectors.set(hidden.subarray(start, start + dimension), line * dimension);
      }
      for (const tensor of Object.values(output)) tensor.dispose();
      return vectors;
    },
    release: () => session.release(),
  };
}
