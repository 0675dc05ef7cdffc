import { Argument, type Command } from 'commander';
import { printLine } from '../output.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'shell').choices(SHELLS))
    .description('print a completion script, for `source <(lorebox completion bash)`')
    .action((shell: Shell) => printLine(createCompletion(program, shell)));
}

/** Returns the subcommands and options that can follow each command. */
export function listWords(program: Command): Map<string, string[]> {
  const words = new Map<string, string[]>();
  const visit = (command: Command, path: string) => {
    const options = command.options.flatMap(({ long, hidden }) => (long && !hidden ? [long] : []));
    words.set(path, [...command.commands.map((child) => child.name()), ...options, '--help']);
    for (const child of command.commands) visit(child, path === '' ? child.name() : `${path} ${child.name()}`);
  };
  visit(program, '');
  return words;
}

export function createCompletion(program: Command, shell: Shell): string {
  const words = [...listWords(program)];
  if (shell === 'fish') {
    const lines = words.map(([path, next]) => {
      const condition = path === '' ? '__fish_use_subcommand' : `__lorebox_is "${path}"`;
      return `complete -c lorebox -f -n '${condition}' -a '${next.join(' ')}'`;
    });
    return [
      'function __lorebox_is',
      '  set -l words (commandline -opc)',
      '  test (count $words) -gt 1; and string match -q -- "$argv[1]*" (string join " " $words[2..])',
      'end',
      ...lines,
    ].join('\n');
  }
  const cases = words.map(([path, next]) => `    "${path}") words="${next.join(' ')}" ;;`);
  const paths = words.filter(([path]) => path !== '').map(([path]) => `"${path}"`);
  const bash = [
    '_lorebox() {',
    '  local path="" next words="" i',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    `    next="\${path:+$path }\${COMP_WORDS[i]}"`,
    `    case "$next" in ${paths.join('|')}) path="$next" ;; esac`,
    '  done',
    '  case "$path" in',
    ...cases,
    '  esac',
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    `  [[ \${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    '}',
    'complete -F _lorebox lorebox',
  ];
  return shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit', ...bash].join('\n') : bash.join('\n');
}
