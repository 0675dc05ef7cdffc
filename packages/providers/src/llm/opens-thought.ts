/**
 * Whether a chat template opens a thinking tag at the end of the prompt, so that answers contain only the closing tag.
 * Templates with a switch for thinking contain the closing tag there too; their models write the opening tag themselves.
 */
export function opensThought(template: string): boolean {
  const generation = template.lastIndexOf('add_generation_prompt');
  const tail = generation >= 0 ? template.slice(generation) : template.trimEnd().slice(-TAIL_LENGTH);
  return OPENING.some((tag) => tail.includes(tag)) && !tail.includes('</think');
}

const OPENING = ['<think>', '<thinking>', '<thought>'];
/** Templates of Ollama end with the start of the answer. */
const TAIL_LENGTH = 20;
