/** One instruction of a Dockerfile, with its arguments as one string. */
interface Instruction {
  name: string;
  text: string;
}

export interface Stage {
  base: string;
  name: string | null;
  instructions: Instruction[];
}

/** Parses the stages of a Dockerfile. Line continuations are not supported, because ours has none. */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const line of text.split('\n')) {
    const [, name, rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (name === 'FROM') {
      const [base = '', , stage = null] = rest.split(' ');
      stages.push({ base, name: stage, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, text: rest });
  }
  return stages;
}
