/** What survives a reload of the page. */
interface Stored {
  secret: string | null;
  isOpen: boolean;
}

/**
 * Keeps the secret of the conversation in the session storage: it survives a reload and ends with the tab. Falls back to
 * memory where a page has no storage.
 */
export class SessionStore {
  private readonly key: string;
  private stored: Stored = { secret: null, isOpen: false };

  constructor(widgetId: string) {
    this.key = `lorebox-widget:${widgetId}`;
    try {
      const parsed: unknown = JSON.parse(sessionStorage.getItem(this.key) ?? '{}');
      if (typeof parsed === 'object' && parsed !== null) this.stored = { ...this.stored, ...parsed };
    } catch {
      // The page is sandboxed, or something else wrote the entry.
    }
  }

  get secret(): string | null {
    return this.stored.secret;
  }

  get isOpen(): boolean {
    return this.stored.isOpen;
  }

  set(change: Partial<Stored>): void {
    this.stored = { ...this.stored, ...change };
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.stored));
    } catch {
      // Kept in memory.
    }
  }
}
