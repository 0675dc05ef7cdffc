import type { Settings, UpdateSettingsInput } from '@lorebox/sdk';
import type { Command } from 'commander';
import { openCli } from '../context.ts';
import { printJson, printTable } from '../output.ts';
import { UsageError } from '../usage-error.ts';

export function addSettingCommands(program: Command): void {
  const settings = program.command('settings').description('show and change the settings of the server');
  settings
    .command('show', { isDefault: true })
    .description('show the settings')
    .action(async (_options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      print(await lorebox.settings.get(), isJson);
    });
  settings
    .command('set')
    .argument('<key=value...>', 'settings; "null" resets a setting, commas separate list items, objects are JSON')
    .description('change settings')
    .action(async (pairs: string[], _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const current = await lorebox.settings.get();
      print(await lorebox.settings.update(readChanges(pairs, current)), isJson);
    });
}

function print(settings: Settings, isJson: boolean): void {
  if (isJson) {
    printJson(settings);
    return;
  }
  printTable(Object.entries(settings), [
    { header: 'SETTING', value: ([name]) => name },
    { header: 'VALUE', value: ([, value]) => show(value) },
  ]);
}

function show(value: Settings[keyof Settings]): string | number | null {
  if (typeof value !== 'object' || value === null) return value;
  const isPlain = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isPlain ? value.join(',') : JSON.stringify(value);
}

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`The value of "${name}" is not valid JSON.`);
  }
}

/** A value has the type of the current value. */
function readChanges(pairs: readonly string[], current: Settings): UpdateSettingsInput {
  const changes = pairs.map((pair) => {
    const at = pair.indexOf('=');
    const [name, text] = [pair.slice(0, at), pair.slice(at + 1)];
    if (at < 1) throw new UsageError(`Invalid setting "${pair}". Use key=value.`);
    if (!(name in current)) throw new UsageError(`Unknown setting "${name}". See \`lorebox settings\`.`);
    const known = current[name as keyof Settings];
    if (text === 'null') return [name, null];
    if (/^[[{]/.test(text)) return [name, readJson(name, text)];
    if (Array.isArray(known)) return [name, text.split(',').filter((item) => item !== '')];
    return [name, typeof known === 'number' ? Number(text) : text];
  });
  return Object.fromEntries(changes);
}
