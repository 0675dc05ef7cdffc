import type { VectorBackendStatus } from '@lorebox/sdk';
import type { Command } from 'commander';
import { openCli } from '../context.ts';
import { printJson, printLine } from '../output.ts';

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('show version, models, documents and queue of the server')
    .action(async (_options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const status = await lorebox.status();
      if (isJson) {
        printJson(status);
        return;
      }
      const { version, embedder, defaultModel, documents, chunks, jobs, uptimeSeconds } = status;
      printLine(`Lorebox ${version} at ${lorebox.baseUrl}, up ${Math.round(uptimeSeconds)} s`);
      printLine(`model      ${defaultModel}`);
      printLine(`embedder   ${embedder.modelId}`);
      printLine(`documents  ${documents.ready} ready, ${documents.processing} processing, ${documents.failed} failed`);
      printLine(`chunks     ${chunks}`);
      printLine(`jobs       ${jobs.running} running, ${jobs.queued} queued`);
      const { layer, reason } = status.parserSandbox;
      printLine(`parsers    ${layer}${reason === null ? '' : `: ${reason}`}`);
      if (status.vectorBackend) printLine(`vectors    ${formatVectorBackend(status.vectorBackend)}`);
    });
}

function formatVectorBackend({ id, state, vectors, changes, message }: VectorBackendStatus): string {
  const left = vectors + changes > 0 ? `, ${vectors} vectors and ${changes} changes to send` : '';
  return `${id}, ${state}${left}${message === null ? '' : `: ${message}`}`;
}
