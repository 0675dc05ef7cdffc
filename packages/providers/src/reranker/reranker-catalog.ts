import { AppError } from '@lorebox/contract/errors';
import type { Reranker, RerankerCatalog } from '@lorebox/ports/reranker';
import { describeNames, findProvider } from '../provider-names.ts';
import { OnnxFileStore } from './onnx-files.ts';
import { rerankerProviders } from './registry.ts';
import type { RerankerOptions } from './reranker-provider.ts';

export interface RerankerCatalogOptions {
  modelsDir: string;
  server: RerankerOptions['server'];
  /** URL of the model hub; null disables downloads. */
  hubUrl: string | null;
  maxDownloadBytes: number;
  /** The reranker that an admin chose for the installation. Only its model is downloaded. */
  defaultReranker(): Promise<string>;
}

/** Rerankers by name, created on first use. */
export function createRerankerCatalog(catalog: RerankerCatalogOptions): RerankerCatalog {
  const { modelsDir, server, hubUrl, maxDownloadBytes, defaultReranker } = catalog;
  const onnxFiles = new OnnxFileStore(modelsDir, {
    hub: hubUrl,
    maxBytes: maxDownloadBytes,
    mayDownload: async (model) => (await defaultReranker()) === `onnx:${model}`,
  });
  const options: RerankerOptions = { modelsDir, onnxFiles, server };
  const created = new Map<string, Reranker>();

  const parse = (name: string) => findProvider(rerankerProviders, name);

  function find(name: string) {
    const found = parse(name);
    if (!found) throw new AppError('RERANKER_FAILED', `Reranker "${name}" not found on this server.`);
    return found;
  }

  return {
    requireValidName(name) {
      if (name === 'off' || parse(name)) return;
      throw new AppError(
        'BAD_REQUEST',
        `Unknown reranker "${name}". Use ${describeNames(rerankerProviders, ['off'])}.`,
      );
    },
    get(name) {
      if (name === 'off') return null;
      const existing = created.get(name);
      if (existing) return existing;
      const { provider, model } = find(name);
      const reranker = provider.create(model, options);
      created.set(name, reranker);
      return reranker;
    },
    isLocal: (name) => name === 'off' || find(name).provider.isLocal(options),
    download(name) {
      if (name === 'off') return;
      const { provider, model } = find(name);
      provider.download?.(model, options);
    },
    async close() {
      await Promise.all([...created.values()].map((reranker) => reranker.close()));
    },
  };
}
