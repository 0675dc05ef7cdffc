const KEY = 'lorebox.workspace';

/** Slug of the workspace that was open last in this browser. */
export const lastWorkspace = {
  get: () => localStorage.getItem(KEY),
  set: (slug: string) => localStorage.setItem(KEY, slug),
};
