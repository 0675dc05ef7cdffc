import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { createCompletion, listWords } from './completion.ts';

function createProgram(): Command {
  const program = new Command('lorebox').option('--json', 'print JSON');
  program.command('documents').command('list').option('--status <status>', 'status');
  program.command('status');
  return program;
}

it('lists the subcommands and options of each command', () => {
  expect([...listWords(createProgram())]).toEqual([
    ['', ['documents', 'status', '--json', '--help']],
    ['documents', ['list', '--help']],
    ['documents list', ['--status', '--help']],
    ['status', ['--help']],
  ]);
});

const complete = (...words: string[]) => {
  const script = `${createCompletion(createProgram(), 'bash')}
COMP_WORDS=(lorebox ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _lorebox
printf '%s ' "\${COMPREPLY[@]}"`;
  return spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: '/' }).stdout.trim();
};

it('completes in bash', (context) => {
  if (spawnSync('bash', ['--version']).status !== 0) return context.skip('needs bash');
  expect(complete('docu')).toBe('documents');
  expect(complete('documents', '')).toBe('list --help');
  expect(complete('documents', 'list', 'demo', '--s')).toBe('--status');
});

it('has scripts for zsh and fish', () => {
  expect(createCompletion(createProgram(), 'zsh')).toContain('bashcompinit');
  expect(createCompletion(createProgram(), 'fish')).toContain(
    `-n '__lorebox_is "documents list"' -a '--status --help'`,
  );
});
