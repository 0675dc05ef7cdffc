import { Lorebox } from '@lorebox/sdk';
import type { Command } from 'commander';
import { configPath, DEFAULT_PROFILE, findProfile, readConfig, writeConfig } from '../config-file.ts';
import { prompt, readSecret } from '../confirm.ts';
import type { GlobalOptions } from '../context.ts';
import { printJson, printLine, printTable } from '../output.ts';

const DEFAULT_URL = 'http://127.0.0.1:3001';

export function addLoginCommands(program: Command): void {
  program
    .command('login')
    .option('--username <name>', 'sign in as a user with a password instead of an API key')
    .description('check the URL and the API key of a server, and store them in a profile')
    .addHelpText('after', '\nThe API key or password is read from the terminal, or from standard input.')
    .action(async ({ username }: { username?: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const config = readConfig();
      const name = options.profile ?? config.current;
      const url = options.url ?? config.profiles[name]?.url ?? (await askForUrl());
      const apiKey = username === undefined ? await readKey(options) : await signIn(url, username);
      const lorebox = new Lorebox({ baseUrl: url, apiKey });
      const { kind, user } = await lorebox.auth.me();
      writeConfig({ current: name, profiles: { ...config.profiles, [name]: { url: lorebox.baseUrl, apiKey } } });
      const caller = kind === 'user' ? `user ${user?.username}` : 'API key';
      if (options.json) printJson({ profile: name, url: lorebox.baseUrl, kind, user });
      else printLine(`signed in to ${lorebox.baseUrl} with ${caller}, profile "${name}" in ${configPath()}`);
    });
  program
    .command('logout')
    .description('delete the credentials of a profile, and end its session')
    .action(async (_options: object, command: Command) => {
      const { profile, json } = command.optsWithGlobals<GlobalOptions>();
      const config = readConfig();
      const name = profile ?? config.current;
      const found = findProfile(config, name);
      if (found?.apiKey) {
        const lorebox = new Lorebox({ baseUrl: found.url, apiKey: found.apiKey, maxRetries: 0 });
        // An API key has no session, and an unreachable server can't end one.
        await lorebox.auth.logout().catch(() => {});
      }
      const { [name]: _, ...profiles } = config.profiles;
      writeConfig({ current: config.current === name ? DEFAULT_PROFILE : config.current, profiles });
      if (json) printJson({ profile: name });
      else printLine(`deleted profile "${name}"`);
    });
  addProfileCommands(program);
}

function addProfileCommands(program: Command): void {
  const profile = program.command('profile').description('list and select profiles');
  profile
    .command('list')
    .description('list profiles')
    .action((_options: object, command: Command) => {
      const { current, profiles } = readConfig();
      // Omits the keys, which must not appear in a terminal.
      const rows = Object.entries(profiles).map(([name, { url }]) => ({ name, url, isCurrent: name === current }));
      if (command.optsWithGlobals<GlobalOptions>().json) return printJson({ profiles: rows });
      printTable(rows, [
        { header: '', value: ({ isCurrent }) => (isCurrent ? '*' : ' ') },
        { header: 'NAME', value: ({ name }) => name },
        { header: 'URL', value: ({ url }) => url },
      ]);
    });
  profile
    .command('use')
    .argument('<name>', 'name of the profile')
    .description('select the profile that commands use by default')
    .action((name: string, _options: object, command: Command) => {
      const config = readConfig();
      findProfile(config, name);
      writeConfig({ ...config, current: name });
      if (command.optsWithGlobals<GlobalOptions>().json) printJson({ profile: name });
      else printLine(`using profile "${name}"`);
    });
}

async function askForUrl(): Promise<string> {
  if (!process.stdin.isTTY) return DEFAULT_URL;
  return (await prompt(`URL of the server [${DEFAULT_URL}]: `)).trim() || DEFAULT_URL;
}

async function readKey({ apiKey }: GlobalOptions): Promise<string> {
  return apiKey ?? (await readSecret('API key: '));
}

async function signIn(url: string, username: string): Promise<string> {
  const password = await readSecret(`Password of ${username}: `);
  const { sessionToken } = await new Lorebox({ baseUrl: url, apiKey: null }).auth.login({ username, password });
  return sessionToken;
}
