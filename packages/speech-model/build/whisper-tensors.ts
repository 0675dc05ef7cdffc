import type { Tensor } from './ctranslate2.ts';

export interface NamedTensor extends Tensor {
  name: string;
}

type Weights = ReadonlyMap<string, Tensor>;

/** The tensors under OpenAI's names, which whisper.cpp expects. */
export function* renameTensors(weights: Weights): Generator<NamedTensor> {
  const take = (source: string, name: string, rows?: [from: number, to: number]): NamedTensor => {
    const tensor = weights.get(source);
    if (!tensor) throw new Error(`the model lacks ${source}`);
    return { name, ...(rows ? cutRows(tensor, rows) : tensor) };
  };
  const pair = (source: string, name: string, rows?: [number, number]) => [
    take(`${source}/weight`, `${name}.weight`, rows),
    take(`${source}/bias`, `${name}.bias`, rows),
  ];
  const norm = (source: string, name: string) => [
    take(`${source}/gamma`, `${name}.weight`),
    take(`${source}/beta`, `${name}.bias`),
  ];
  const width = weights.get('encoder/position_encodings/encodings')?.shape[1] ?? 0;

  yield take('encoder/position_encodings/encodings', 'encoder.positional_embedding');
  yield* pair('encoder/conv1', 'encoder.conv1');
  yield* pair('encoder/conv2', 'encoder.conv2');
  yield* norm('encoder/layer_norm', 'encoder.ln_post');
  yield take('decoder/position_encodings/encodings', 'decoder.positional_embedding');
  yield take('decoder/embeddings/weight', 'decoder.token_embedding.weight');
  yield* norm('decoder/layer_norm', 'decoder.ln');
  for (const side of ['encoder', 'decoder'] as const) {
    for (let layer = 0; weights.has(`${side}/layer_${layer}/ffn/linear_0/weight`); layer++) {
      const from = `${side}/layer_${layer}`;
      const to = `${side}.blocks.${layer}`;
      yield* norm(`${from}/self_attention/layer_norm`, `${to}.attn_ln`);
      // CTranslate2 stacks the projections that share an input. Keys have no bias in Whisper.
      yield* pair(`${from}/self_attention/linear_0`, `${to}.attn.query`, [0, width]);
      yield take(`${from}/self_attention/linear_0/weight`, `${to}.attn.key.weight`, [width, 2 * width]);
      yield* pair(`${from}/self_attention/linear_0`, `${to}.attn.value`, [2 * width, 3 * width]);
      yield* pair(`${from}/self_attention/linear_1`, `${to}.attn.out`);
      if (side === 'decoder') {
        yield* norm(`${from}/attention/layer_norm`, `${to}.cross_attn_ln`);
        yield* pair(`${from}/attention/linear_0`, `${to}.cross_attn.query`);
        yield take(`${from}/attention/linear_1/weight`, `${to}.cross_attn.key.weight`, [0, width]);
        yield* pair(`${from}/attention/linear_1`, `${to}.cross_attn.value`, [width, 2 * width]);
        yield* pair(`${from}/attention/linear_2`, `${to}.cross_attn.out`);
      }
      yield* norm(`${from}/ffn/layer_norm`, `${to}.mlp_ln`);
      yield* pair(`${from}/ffn/linear_0`, `${to}.mlp.0`);
      yield* pair(`${from}/ffn/linear_1`, `${to}.mlp.2`);
    }
  }
}

function cutRows({ shape, halves }: Tensor, [from, to]: [number, number]): Tensor {
  const rowLength = shape.slice(1).reduce((product, size) => product * size, 1);
  return { shape: [to - from, ...shape.slice(1)], halves: halves.slice(from * rowLength, to * rowLength) };
}
