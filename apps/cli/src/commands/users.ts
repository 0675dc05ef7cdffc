import type { Role } from '@lorebox/sdk';
import { type Command, Option } from 'commander';
import { confirm, readSecret } from '../confirm.ts';
import { openCli } from '../context.ts';
import { printJson, printLine, printTable } from '../output.ts';

const ROLES: readonly Role[] = ['admin', 'manager', 'member'];

interface UpdateOptions {
  role?: Role;
  suspend?: boolean;
  resume?: boolean;
  password?: boolean;
}

export function addUserCommands(program: Command): void {
  const users = program.command('users').description('create, list, update and delete users');
  users
    .command('list')
    .addOption(new Option('--role <role>', 'only with this role').choices(ROLES))
    .description('list users')
    .action(async ({ role }: { role?: Role }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const rows = await lorebox.users.list({ role, limit: 200 }).toArray();
      if (isJson) return printJson({ users: rows });
      printTable(rows, [
        { header: 'ID', value: ({ id }) => id, isDim: true },
        { header: 'USERNAME', value: ({ username }) => username },
        { header: 'ROLE', value: ({ role }) => role },
        { header: 'SUSPENDED', value: ({ suspended }) => suspended },
      ]);
    });
  users
    .command('create')
    .argument('<username>')
    .addOption(new Option('--role <role>', 'role').choices(ROLES).default('member'))
    .description('create a user; the password is read from the terminal or from standard input')
    .action(async (username: string, { role }: { role: Role }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const password = await readSecret(`Password of ${username}: `);
      const created = await lorebox.users.create({ username, password, role });
      if (isJson) printJson(created);
      else printLine(created.id);
    });
  users
    .command('update')
    .argument('<user>', 'id of the user')
    .addOption(new Option('--role <role>', 'new role').choices(ROLES))
    .option('--suspend', 'suspend the user and end their sessions')
    .option('--resume', 'end the suspension')
    .option('--password', 'set a new password, which is read from the terminal or from standard input')
    .description('change the role, password or suspension of a user')
    .action(async (id: string, options: UpdateOptions, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const suspended = options.suspend ? true : options.resume ? false : undefined;
      const password = options.password ? await readSecret('New password: ') : undefined;
      const updated = await lorebox.users.update(id, { role: options.role, suspended, password });
      if (isJson) printJson(updated);
      else printLine(`updated ${updated.username}`);
    });
  users
    .command('delete')
    .argument('<user>', 'id of the user')
    .option('-y, --yes', 'delete without asking')
    .description('delete a user with their sessions and API keys')
    .action(async (id: string, { yes }: { yes?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const { username } = await lorebox.users.get(id);
      if (!(await confirm(`Delete the user ${username}?`, yes))) return;
      await lorebox.users.delete(id);
      if (isJson) printJson({ deleted: id });
      else printLine(`deleted ${username}`);
    });
}
