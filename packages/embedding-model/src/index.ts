import { join } from 'node:path';

const modelDir = join(import.meta.dirname, '..', 'model');

/** The sentence-embedding model in this repository: its files, and what a runtime needs to use them. */
export const shippedModel = {
  /** Stored with every vector. Change it whenever weights, pooling or prefixes change. */
  id: 'bge-small-en-v1.5-int8',
  dimension: 384,
  /** Size of the position table, including [CLS] and [SEP]. */
  maxTokens: 512,
  queryPrefix: 'Represent this sentence for searching relevant passages: ',
  passagePrefix: '',
  pooling: 'cls',
  modelPath: join(modelDir, 'bge-small-en-v1.5-int8.onnx'),
  vocabPath: join(modelDir, 'vocab.txt'),
  sha256: {
    'bge-small-en-v1.5-int8.onnx': '6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4',
    'vocab.txt': '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3',
  },
} as const;
