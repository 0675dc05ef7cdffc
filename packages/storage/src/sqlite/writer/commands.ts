import type { AuditEntry } from '@lorebox/contract/audit';
import { entities } from '../entities.ts';
import type { InputsOf, OutputsOf } from '../entity.ts';
import type { WriteContext } from './context.ts';

type Entities = typeof entities;
type Intersection<Union> = (Union extends unknown ? (value: Union) => void : never) extends (value: infer All) => void
  ? All
  : never;

/** Every write command, by name. Each runs alone and atomically on the writer thread. */
export type AllCommands = Intersection<Entities[keyof Entities]['commands']>;
export type CommandName = keyof AllCommands;
export type CommandInput<Name extends CommandName> = InputsOf<AllCommands>[Name];
export type CommandOutput<Name extends CommandName> = OutputsOf<AllCommands>[Name];

/** A command with its input, as sent to the writer. The audit entry is written with it unless it returns false. */
export type Call<Name extends CommandName = CommandName> = {
  [N in Name]: { name: N; input: CommandInput<N>; audit?: AuditEntry | undefined };
}[Name];

type Handlers = { [Name in CommandName]: (context: WriteContext, input: CommandInput<Name>) => CommandOutput<Name> };
const handlers: Handlers = Object.assign({}, ...Object.values(entities).map(({ commands }) => commands));

export function runCommand<Name extends CommandName>(context: WriteContext, call: Call<Name>): CommandOutput<Name> {
  const output = handlers[call.name](context, call.input);
  if (call.audit !== undefined && output !== false) handlers['audit.record'](context, call.audit);
  return output;
}
