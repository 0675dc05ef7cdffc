/** Extensions by language. Text formats with their own parser are not included. */
const EXTENSIONS: Record<string, string> = {
  typescript: 'ts tsx mts cts',
  javascript: 'js jsx mjs cjs',
  python: 'py pyi pyw',
  java: 'java',
  kotlin: 'kt kts',
  scala: 'scala sbt',
  groovy: 'groovy gradle',
  c: 'c h',
  cpp: 'cc cpp cxx hpp hh hxx ino cu',
  csharp: 'cs csx',
  fsharp: 'fs fsx',
  'visual-basic': 'vb vbs bas',
  go: 'go',
  rust: 'rs',
  swift: 'swift',
  'objective-c': 'm mm',
  php: 'php phtml',
  ruby: 'rb rake gemspec',
  perl: 'pl pm',
  lua: 'lua',
  r: 'r',
  julia: 'jl',
  haskell: 'hs',
  ocaml: 'ml mli',
  elixir: 'ex exs',
  erlang: 'erl hrl',
  clojure: 'clj cljs cljc edn',
  lisp: 'lisp el scm rkt',
  dart: 'dart',
  zig: 'zig',
  nim: 'nim',
  sql: 'sql',
  shell: 'sh bash zsh fish ksh',
  powershell: 'ps1 psm1',
  batch: 'bat cmd',
  css: 'css scss sass less',
  vue: 'vue',
  svelte: 'svelte',
  yaml: 'yaml yml',
  toml: 'toml',
  ini: 'ini cfg conf properties env',
  protobuf: 'proto',
  graphql: 'graphql gql',
  terraform: 'tf hcl',
  cmake: 'cmake',
  assembly: 'asm s',
  fortran: 'f f90 f95 for',
  pascal: 'pas dpr',
  matlab: 'matlab',
  verilog: 'v sv',
  vhdl: 'vhd vhdl',
  latex: 'sty cls bib',
  diff: 'diff patch',
  makefile: 'mk',
};

const BY_EXTENSION = new Map<string, string>();
for (const [language, list] of Object.entries(EXTENSIONS)) {
  for (const extension of list.split(' ')) BY_EXTENSION.set(extension, language);
}
const BY_NAME: Record<string, string> = {
  makefile: 'makefile',
  gnumakefile: 'makefile',
  dockerfile: 'dockerfile',
  containerfile: 'dockerfile',
  jenkinsfile: 'groovy',
  rakefile: 'ruby',
  gemfile: 'ruby',
  vagrantfile: 'ruby',
  'cmakelists.txt': 'cmake',
};
const SHEBANG = /^#!.{0,80}?\b(python|node|deno|bun|bash|zsh|fish|ksh|sh|perl|ruby|php|lua|Rscript)/;
const SHEBANG_LANGUAGE: Record<string, string> = {
  node: 'javascript',
  deno: 'typescript',
  bun: 'typescript',
  Rscript: 'r',
};

function baseName(filename: string): string {
  return filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1).toLowerCase();
}

function languageOfName(filename: string): string | undefined {
  const base = baseName(filename);
  const dot = base.lastIndexOf('.');
  return BY_NAME[base] ?? (dot >= 0 ? BY_EXTENSION.get(base.slice(dot + 1)) : undefined);
}

/** Returns true if the name alone indicates source code. */
export function isCodeName(filename: string): boolean {
  return languageOfName(filename) !== undefined;
}

/** Returns the programming language by name, otherwise by the first line. */
export function languageOf(filename: string, text: string): string | undefined {
  const named = languageOfName(filename);
  if (named) return named;
  const interpreter = SHEBANG.exec(text.slice(0, 200))?.[1];
  if (!interpreter) return undefined;
  return SHEBANG_LANGUAGE[interpreter] ?? (interpreter.endsWith('sh') ? 'shell' : interpreter);
}
