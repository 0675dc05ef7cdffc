import { createInterface } from 'node:readline/promises';
import { UsageError } from './usage-error.ts';

/** Asks before data is deleted. Scripts must pass --yes. @throws UsageError without a terminal and without --yes. */
export async function confirm(question: string, isConfirmed: boolean | undefined): Promise<boolean> {
  if (isConfirmed) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${question} Pass --yes to confirm.`);
  const answer = await prompt(`${question} [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}

/** Reads a line from the terminal. */
export async function prompt(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
}

const ENTER = ['\r', '\n', '\x04'];
const CTRL_C = '\x03';
const BACKSPACE = ['\x7f', '\b'];

/** Reads a secret from the terminal without echo, otherwise from the first line of the input. */
export async function readSecret(question: string): Promise<string> {
  const { stdin } = process;
  if (!stdin.isTTY) {
    let text = '';
    for await (const chunk of stdin) text += chunk;
    return (text.split('\n')[0] ?? '').trim();
  }
  process.stderr.write(question);
  stdin.setRawMode(true);
  let secret = '';
  try {
    for await (const chunk of stdin) {
      for (const character of String(chunk)) {
        if (character === CTRL_C) throw new UsageError('Cancelled.');
        if (ENTER.includes(character)) return secret;
        secret = BACKSPACE.includes(character) ? secret.slice(0, -1) : secret + character;
      }
    }
    return secret;
  } finally {
    stdin.setRawMode(false);
    process.stderr.write('\n');
  }
}
