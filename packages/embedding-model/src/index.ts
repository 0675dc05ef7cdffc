import { join } from 'node:path';

const modelDir = join(import.meta.dirname, '..', 'model');

/** An English sentence-embedding model in this repository: its files, and what a runtime needs to use them. */
export const englishModel = {
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

/** A sentence-embedding model for about 100 languages. Its word vectors are read from `wordsPath`. */
export const multilingualModel = {
  id: 'multilingual-e5-small-int8',
  dimension: 384,
  /** Size of the position table, including <s> and </s>. */
  maxTokens: 512,
  queryPrefix: 'query: ',
  passagePrefix: 'passage: ',
  pooling: 'mean',
  modelPath: join(modelDir, 'multilingual-e5-small-int8.onnx'),
  /** Pieces, their scores, the normalization, and a table with one vector per piece. */
  wordsPath: join(modelDir, 'multilingual-e5-small-words.bin'),
  sha256: {
    'multilingual-e5-small-int8.onnx': 'b403d5f2794f3a51c97d99954b334e30e45ecff136921ff41f0e6a7049c40f7c',
    'multilingual-e5-small-words.bin': '77b3b05616b38447105653c89197cff3d73290225daf6cd3ee8fbe6ab3d8a00d',
  },
} as const;
