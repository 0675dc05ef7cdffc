let passwords: Promise<ReadonlySet<string>> | null = null;

/** Whether the password is among the 49,000 most common ones. The list is loaded when the first password is set. */
export async function isCommonPassword(password: string): Promise<boolean> {
  passwords ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return (await passwords).has(password);
}
