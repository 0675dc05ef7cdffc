import type { HighlighterCore, LanguageInput } from 'shiki/core';

export type ColoredLine = { text: string; light: string; dark: string }[];

/** Languages that answers about documents and software use most. Others are shown without colors. */
const LANGUAGES: Record<string, () => Promise<{ default: LanguageInput }>> = {
  bash: () => import('@shikijs/langs/bash'),
  c: () => import('@shikijs/langs/c'),
  css: () => import('@shikijs/langs/css'),
  diff: () => import('@shikijs/langs/diff'),
  go: () => import('@shikijs/langs/go'),
  html: () => import('@shikijs/langs/html'),
  java: () => import('@shikijs/langs/java'),
  javascript: () => import('@shikijs/langs/javascript'),
  json: () => import('@shikijs/langs/json'),
  python: () => import('@shikijs/langs/python'),
  rust: () => import('@shikijs/langs/rust'),
  sql: () => import('@shikijs/langs/sql'),
  toml: () => import('@shikijs/langs/toml'),
  typescript: () => import('@shikijs/langs/typescript'),
  xml: () => import('@shikijs/langs/xml'),
  yaml: () => import('@shikijs/langs/yaml'),
};
const ALIASES: Record<string, string> = {
  'c++': 'c',
  cpp: 'c',
  js: 'javascript',
  jsx: 'javascript',
  py: 'python',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};
const MAX_HIGHLIGHTED_CHARACTERS = 50_000;

let highlighter: Promise<HighlighterCore> | null = null;

async function createHighlighter(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }, light, dark] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
    import('@shikijs/themes/github-light-default'),
    import('@shikijs/themes/github-dark-default'),
  ]);
  return createHighlighterCore({
    themes: [light.default, dark.default],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
}

/** Colors code. Returns null for unknown languages and for code that would take too long. */
export async function highlightCode(code: string, name: string): Promise<ColoredLine[] | null> {
  const language = ALIASES[name] ?? name;
  const load = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined;
  if (!load || code.length > MAX_HIGHLIGHTED_CHARACTERS) return null;
  highlighter ??= createHighlighter();
  const loaded = await highlighter;
  await loaded.loadLanguage((await load()).default);
  const themes = { light: 'github-light-default', dark: 'github-dark-default' };
  const lines = loaded.codeToTokensWithThemes(code, { lang: language, themes });
  return lines.map((line) =>
    line.map(({ content, variants }) => ({
      text: content,
      light: variants.light?.color ?? 'inherit',
      dark: variants.dark?.color ?? 'inherit',
    })),
  );
}
