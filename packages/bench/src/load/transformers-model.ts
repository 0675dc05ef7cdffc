import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { englishModel } from '@lorebox/embedding-model';

const NAME = 'shipped';
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** The shipped model for transformers.js: the same weights and vocabulary, with the settings of a plain BERT. */
export function writeTransformersModel(): { folder: string; name: string } {
  const folder = mkdtempSync(join(tmpdir(), 'transformers-'));
  mkdirSync(join(folder, NAME, 'onnx'), { recursive: true });
  copyFileSync(englishModel.modelPath, join(folder, NAME, 'onnx/model_quantized.onnx'));
  const pieces = readFileSync(englishModel.vocabPath, 'utf8').trimEnd().split('\n');
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const write = (file: string, value: object) => writeFileSync(join(folder, NAME, file), JSON.stringify(value));
  write('config.json', { model_type: 'bert', architectures: ['BertModel'], hidden_size: englishModel.dimension });
  const names = {
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    mask_token: '[MASK]',
  };
  const about = { tokenizer_class: 'BertTokenizer', model_max_length: 512, do_lower_case: true };
  write('tokenizer_config.json', { ...about, ...names });
  write('tokenizer.json', {
    version: '1.0',
    added_tokens: SPECIAL.map((content) => ({ id: vocab[content], content, special: true, ...FLAGS })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
      pair: [],
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [vocab[id]], tokens: [id] }])),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  });
  return { folder, name: NAME };
}

const FLAGS = { single_word: false, lstrip: false, rstrip: false, normalized: false };
const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
