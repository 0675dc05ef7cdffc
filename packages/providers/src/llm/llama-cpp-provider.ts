import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import type { ModelInfo } from '@lorebox/contract/model';
import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import { CachedProbe } from './cached-probe.ts';
import { chooseContextWindow } from './context-ladder.ts';
import { readTrainedContext } from './gguf-header.ts';
import { createLlamaCppModel } from './llama-cpp.ts';
import type { ChatProvider, ModelProvider } from './model-provider.ts';

export interface LlamaCppProviderOptions {
  modelsDir: string;
  contextWindow: number;
}

const ACCEPTS = { images: false, tools: true, thinking: null };

interface ModelFile {
  name: string;
  path: string;
  size: number;
}

/** The .gguf files of a folder, run in this process by llama.cpp. */
export function createLlamaCppProvider({ modelsDir, contextWindow }: LlamaCppProviderOptions): ModelProvider {
  const known = new Map<string, Promise<LanguageChatModel>>();
  const files = new CachedProbe(() => listFiles(modelsDir));

  function load({ name, path, size }: ModelFile): Promise<LanguageChatModel> {
    const key = `${path}@${size}`;
    let chat = known.get(key);
    if (!chat) {
      chat = readTrainedContext(path).then((trained) => {
        const window = chooseContextWindow(contextWindow, trained);
        const model = createLlamaCppModel({ path, name, contextSize: window });
        return {
          kind: 'language-model',
          id: `llama-cpp:${name}`,
          contextWindow: window,
          isLocal: true,
          reportsTruncation: true,
          accepts: ACCEPTS,
          countTokens: null,
          model,
        };
      });
      chat.catch(() => known.delete(key));
      known.set(key, chat);
    }
    return chat;
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
      return load(file).catch((error: unknown) => {
        throw new AppError('MODEL_FAILED', `"${name}" is not a valid GGUF file. Download it again.`, {
          cause: error,
        });
      });
    },
    async first() {
      for (const file of await files.get()) {
        // An unreadable file must not leave a question unanswered.
        const chat = await load(file).catch(() => null);
        if (chat) return chat;
      }
      return null;
    },
    async list() {
      const found = await files.get();
      const models = await Promise.all(
        found.map(async (file): Promise<ModelInfo> => {
          const { name, size } = file;
          const chat = await load(file).catch(() => null);
          const window = chat?.contextWindow ?? null;
          return {
            id: `llama-cpp:${name}`,
            provider: 'llama-cpp',
            name,
            contextWindow: window,
            size,
            isDefault: false,
            problem: null,
            accepts: ACCEPTS,
          };
        }),
      );
      const message =
        found.length > 0
          ? `.gguf files in ${modelsDir}: ${found.length}.`
          : `No .gguf files in ${modelsDir}. Copy one there to answer without a model server.`;
      return { models, status: { provider: 'llama-cpp', available: found.length > 0, message } };
    },
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
    return { name, path, size: (await stat(path)).size };
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
