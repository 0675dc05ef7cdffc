import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Child<Hello> {
  /** The first message of the child: the address that it listens on. */
  hello: Hello;
  pid: number;
  /** Sends a message and returns the next reply. */
  ask<Answer>(message: object): Promise<Answer>;
  close(): void;
}

export function forkChild<Hello>(url: string, env: Record<string, string> = {}): Promise<Child<Hello>> {
  const child = fork(fileURLToPath(url), { env: { ...process.env, ...env }, execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', (hello) =>
      resolve({
        hello: hello as Hello,
        pid: child.pid ?? 0,
        ask<Answer>(message: object) {
          child.send(message);
          return new Promise<Answer>((answer, fail) => {
            child.once('message', (reply) => answer(reply as Answer));
            child.once('exit', (code) => fail(new Error(`${url} ended with ${code}`)));
          });
        },
        close: () => void child.kill(),
      }),
    );
    child.once('exit', (code) => reject(new Error(`${url} ended with ${code}`)));
  });
}
