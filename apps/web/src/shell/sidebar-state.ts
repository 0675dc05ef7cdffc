import { useSyncExternalStore } from 'react';

/** Whether the sidebar covers the page, on phones. */
let isOpen = false;
const listeners = new Set<() => void>();

export function setSidebarOpen(value: boolean): void {
  isOpen = value;
  for (const listener of listeners) listener();
}

export function useSidebarOpen(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
  );
}
