/** Names of models in settings: "id:model", or "id" alone for a provider with a single model. */
export interface NamedProvider {
  /** Placeholder for the part after the ID, such as "MODEL"; null for a provider with a single model. */
  readonly argument: string | null;
}

/** Splits a name such as "ollama:nomic-embed-text" after the provider ID. Null if no provider matches. */
export function findProvider<P extends NamedProvider>(
  providers: Readonly<Record<string, P>>,
  name: string,
): { provider: P; model: string } | null {
  const colon = name.indexOf(':');
  const id = colon === -1 ? name : name.slice(0, colon);
  const provider = Object.hasOwn(providers, id) ? providers[id] : undefined;
  const model = colon === -1 ? '' : name.slice(colon + 1);
  if (!provider || (provider.argument === null) !== (colon === -1)) return null;
  return provider.argument !== null && model === '' ? null : { provider, model };
}

/** Lists the valid names of a setting for messages: `"shipped", "ollama:MODEL" or "openai:MODEL"`. */
export function describeNames(
  providers: Readonly<Record<string, NamedProvider>>,
  others: readonly string[] = [],
): string {
  const names = Object.entries(providers).map(([id, { argument }]) => (argument === null ? id : `${id}:${argument}`));
  return new Intl.ListFormat('en', { type: 'disjunction' })
    .format([...others, ...names].map((name) => `"${name}"`))
    .replace(', or ', ' or ');
}
