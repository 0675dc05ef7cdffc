import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type GgufHeader, readGgufHeader } from './gguf-header.ts';
import { GgufError } from './gguf-reader.ts';

export interface InspectedFile {
  contextLength: number | null;
  chatTemplate: string | null;
  /** Why the file can't answer questions, and what to do. Null if it can. */
  problem: string | null;
}

const MAX_PARTS = 1000;

/** Reads the header of a .gguf file and checks that it is a complete chat model. Loads no weights. */
export async function inspectGguf(path: string, name: string): Promise<InspectedFile> {
  try {
    const header = await readGgufHeader(path);
    const { contextLength, chatTemplate } = header;
    const problem = (await findMissingBytes(path, name, header)) ?? findWrongKind(name, header);
    return { contextLength, chatTemplate, problem };
  } catch (error) {
    return { contextLength: null, chatTemplate: null, problem: explain(name, error) };
  }
}

function explain(name: string, error: unknown): string {
  if (error instanceof GgufError && error.kind === 'incomplete') {
    return `"${name}" is incomplete: ${error.message}. Download it again.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (!(error instanceof GgufError)) return `Can't read "${name}": ${reason.slice(0, 200)}. Check its permissions.`;
  return `"${name}" is not a valid GGUF file: ${reason}. Download it again.`;
}

/** Checks the sizes of the file and of the other parts of a split model. */
async function findMissingBytes(path: string, name: string, header: GgufHeader): Promise<string | null> {
  const incomplete = await findShortage(path, name, header);
  if (incomplete) return incomplete;
  const count = Math.min(header.fileCount, MAX_PARTS);
  for (let part = 2; part <= count; part += 1) {
    const partName = name.replace(/-\d{5}-of-/, `-${String(part).padStart(5, '0')}-of-`);
    const partPath = join(dirname(path), partName);
    const isThere = await stat(partPath).then(
      () => true,
      () => false,
    );
    if (partName === name || !isThere) {
      return `"${name}" is incomplete: part ${part} of ${count} is missing. Copy all parts to the models folder.`;
    }
    const shortage = await readGgufHeader(partPath).then(
      (partHeader) => findShortage(partPath, partName, partHeader),
      (error: unknown) => explain(partName, error),
    );
    if (shortage) return shortage;
  }
  return null;
}

async function findShortage(path: string, name: string, { completeSize }: GgufHeader): Promise<string | null> {
  const { size } = await stat(path);
  if (size >= completeSize) return null;
  return `"${name}" is incomplete: ${size} of ${completeSize} bytes. Download it again.`;
}

function findWrongKind(name: string, { architecture, type, pooling, chatTemplate }: GgufHeader): string | null {
  if (type === 'adapter') return `"${name}" is a LoRA adapter. Choose a whole model.`;
  if (type === 'mmproj' || architecture === 'clip') return `"${name}" only reads images. Choose a chat model.`;
  const isEmbedder = /bert/i.test(architecture) || (pooling ?? 0) > 0;
  if (isEmbedder)
    return `"${name}" is an embedding model or a reranker and can't answer questions. Choose a chat model.`;
  if (chatTemplate !== null) return null;
  return `"${name}" has no chat template, so it can't answer questions. Choose an instruct or chat model.`;
}
