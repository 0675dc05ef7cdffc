import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import type { ModelInfo } from '@lorebox/contract/model';
import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import { CachedProbe } from './cached-probe.ts';
import { chooseContextWindow } from './context-ladder.ts';
import { type InspectedFile, inspectGguf } from './inspect-gguf.ts';
import { createLlamaCppModel } from './llama-cpp.ts';
import type { ChatProvider, ModelProvider } from './model-provider.ts';
import { opensThought } from './opens-thought.ts';

export interface LlamaCppProviderOptions {
  modelsDir: string;
  contextWindow: number;
}

interface ModelFile {
  name: string;
  path: string;
  size: number;
  modifiedMs: number;
}

interface Known extends InspectedFile {
  /** Null if the file can't be used. */
  chat: LanguageChatModel | null;
}

/** The .gguf files of a folder, run in this process by llama.cpp. */
export function createLlamaCppProvider({ modelsDir, contextWindow }: LlamaCppProviderOptions): ModelProvider {
  const known = new Map<string, Promise<Known>>();
  const files = new CachedProbe(() => listFiles(modelsDir));

  /** Unusable files by listing: each listing checks them again, because missing parts may have been added. */
  const rejected = new WeakMap<ModelFile, Known>();

  /** Reads the header once per version of a file. */
  function inspect(file: ModelFile): Promise<Known> {
    const key = `${file.path}@${file.size}@${file.modifiedMs}`;
    const before = rejected.get(file) ?? known.get(key);
    if (before) return Promise.resolve(before);
    const inspected = inspectGguf(file.path, file.name).then((found): Known => {
      if (found.problem === null) return { ...found, chat: createChat(file, found, contextWindow) };
      known.delete(key);
      rejected.set(file, { ...found, chat: null });
      return { ...found, chat: null };
    });
    known.set(key, inspected);
    return inspected;
  }

  return {
    name: 'llama-cpp',
    async find(name) {
      const file = byName(await files.get(), name) ?? byName(await files.refresh(), name);
      if (!file)
        throw new AppError(
          'MODEL_NOT_FOUND',
          `File "${name}" not found in the models folder. Copy the .gguf file there.`,
        );
      const { chat, problem } = await inspect(file);
      if (!chat) throw new AppError('MODEL_FAILED', problem ?? undefined);
      return chat;
    },
    async first() {
      for (const file of await files.get()) {
        const { chat } = await inspect(file);
        if (chat) return chat;
      }
      return null;
    },
    async list() {
      const found = await files.get();
      const models = await Promise.all(found.map(async (file) => toInfo(file, await inspect(file))));
      const message =
        found.length > 0
          ? `.gguf files in ${modelsDir}: ${found.length}.`
          : `No .gguf files in ${modelsDir}. Copy one there to answer without a model server.`;
      return { models, status: { provider: 'llama-cpp', available: found.length > 0, message } };
    },
  };
}

function createChat({ name, path }: ModelFile, found: InspectedFile, wishedWindow: number): LanguageChatModel {
  const window = chooseContextWindow(wishedWindow, found.contextLength);
  const template = found.chatTemplate ?? '';
  const model = createLlamaCppModel({ path, name, contextSize: window, opensThought: opensThought(template) });
  return {
    kind: 'language-model',
    id: `llama-cpp:${name}`,
    contextWindow: window,
    isLocal: true,
    reportsTruncation: true,
    accepts: acceptsOf(found),
    countTokens: (texts, signal) => model.runtime.countTokens(texts, signal),
    model,
  };
}

function acceptsOf({ chatTemplate }: InspectedFile): ModelInfo['accepts'] {
  return { images: false, tools: true, thinking: chatTemplate?.includes('think') ?? null };
}

function toInfo({ name, size }: ModelFile, found: Known): ModelInfo {
  return {
    id: `llama-cpp:${name}`,
    provider: 'llama-cpp',
    name,
    contextWindow: found.chat?.contextWindow ?? null,
    size,
    isDefault: false,
    problem: found.problem,
    accepts: acceptsOf(found),
  };
}

/** Sorted by name, so that the choice does not depend on the file system. Later parts of a split model are skipped. */
async function listFiles(folder: string): Promise<ModelFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const names = entries.filter((entry) => !entry.isDirectory() && isModelFile(entry.name)).map(({ name }) => name);
  const files = names.sort().map(async (name) => {
    const path = join(folder, name);
    const { size, mtimeMs: modifiedMs } = await stat(path);
    return { name, path, size, modifiedMs };
  });
  return Promise.all(files);
}

function isModelFile(name: string): boolean {
  const part = /-(\d{5})-of-\d{5}\.gguf$/i.exec(name)?.[1];
  return name.toLowerCase().endsWith('.gguf') && (part === undefined || part === '00001') && !/mmproj/i.test(name);
}

function byName(files: readonly ModelFile[], name: string): ModelFile | undefined {
  return files.find((file) => file.name === name || file.name === `${name}.gguf`);
}

export const llamaCpp: ChatProvider = {
  create: ({ modelsDir, contextWindow }) => createLlamaCppProvider({ modelsDir, contextWindow }),
  serverUrl: () => null,
};
