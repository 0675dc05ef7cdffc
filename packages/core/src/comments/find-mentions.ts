import type { StoredThread } from '@lorebox/ports/chat-stores';
import type { StoredUser } from '@lorebox/ports/identity-stores';
import type { Core } from '../core.ts';

/** Later names are not looked up, so that a comment can't ask for thousands of users. */
const MAX_NAMES = 20;

/** Not preceded by a character of a name, as in a mail address. */
const MENTION = /(?<![\p{L}\p{N}._@+-])@([\p{L}\p{N}._@+-]{2,64})/gu;
const END_MARKS = new Set(['.', '-', '_', '+', '@']);

/** Returns the names after @ in a text, each with the shorter forms that it has without the marks at its end. */
export function namesMentioned(text: string): string[][] {
  const names = new Map<string, string[]>();
  for (const [, name = ''] of text.matchAll(MENTION)) {
    const forms = [name];
    for (let end = name.length; end > 2 && END_MARKS.has(name[end - 1] ?? ''); end -= 1)
      forms.push(name.slice(0, end - 1));
    names.set(name, forms);
    if (names.size === MAX_NAMES) break;
  }
  return [...names.values()];
}

/** Returns the ids of the users that a text names with @ and who may read the thread. */
export async function findMentions(core: Core, thread: StoredThread, text: string): Promise<string[]> {
  const ids = new Set<string>();
  for (const forms of namesMentioned(text)) {
    for (const name of forms.slice(0, 5)) {
      const user = await core.stores.users.getByUsername(name);
      if (!user) continue;
      if (await mayRead(core, thread, user)) ids.add(user.id);
      break;
    }
  }
  return [...ids];
}

async function mayRead({ stores }: Core, thread: StoredThread, user: StoredUser): Promise<boolean> {
  if (user.suspended) return false;
  if (thread.visibility !== 'workspace' && thread.userId !== user.id) return false;
  return user.role !== 'member' || (await stores.workspaces.memberRole(thread.workspaceId, user.id)) !== null;
}
