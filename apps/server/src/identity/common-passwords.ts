let passwords: Promise<ReadonlySet<string>> | null = null;

/** Whether it is among the 49,000 that guessing programs try first. The list is loaded when the first password is set. */
export async function isCommonPassword(password: string): Promise<boolean> {
  passwords ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return (await passwords).has(password);
}
