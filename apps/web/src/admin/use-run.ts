import { useQueryClient } from '@tanstack/react-query';
import { notify, notifyProblem } from '../ui/toast.tsx';

/** Returns a function that runs an action, refreshes the queries with these names, and reports an error. */
export function useRun(...names: string[]) {
  const queryClient = useQueryClient();
  return async (action: () => Promise<unknown>, message?: string): Promise<void> => {
    try {
      await action();
      if (message) notify(message);
    } catch (error) {
      notifyProblem(error);
    }
    await Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
  };
}
