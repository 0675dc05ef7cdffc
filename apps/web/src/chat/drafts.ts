const PREFIX = 'lorebox.draft.';

/** Unsent questions, one per thread and one per workspace for a new chat. They survive a reload. */
export const drafts = {
  read: (key: string) => localStorage.getItem(`${PREFIX}${key}`) ?? '',
  write(key: string, text: string): void {
    try {
      if (text === '') localStorage.removeItem(`${PREFIX}${key}`);
      else localStorage.setItem(`${PREFIX}${key}`, text);
    } catch {
      // The storage of the browser is full or off. The draft lives as long as the page.
    }
  },
};
