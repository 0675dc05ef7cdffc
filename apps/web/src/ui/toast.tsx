import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { toProblem } from '../api/client.ts';
import { t, useT } from '../i18n/use-t.ts';

const manager = Toast.createToastManager();
const UNDO_MS = 8000;

export function notify(title: string): void {
  manager.add({ title });
}

export function notifyProblem(error: unknown): void {
  const { code, message } = toProblem(error);
  const description = code === 'OFFLINE' ? t("Can't reach the server.") : message;
  manager.add({ title: t('That did not work'), description, type: 'error', timeout: UNDO_MS, priority: 'high' });
}

/**
 * Says what was deleted and offers to undo it. `commit` runs when the time is over, when the message is closed, or when
 * the page is left; `undo` runs instead if the button is used.
 */
export function notifyWithUndo(title: string, { commit, undo }: { commit(): Promise<unknown>; undo(): void }): void {
  let isSettled = false;
  function settle(action: () => unknown) {
    if (isSettled) return;
    isSettled = true;
    window.removeEventListener('pagehide', leave);
    return action();
  }
  const finish = () =>
    settle(() =>
      commit().catch((error) => {
        undo();
        notifyProblem(error);
      }),
    );
  const leave = () => void finish();
  window.addEventListener('pagehide', leave);
  const id = manager.add({
    title,
    timeout: UNDO_MS,
    onClose: finish,
    actionProps: {
      children: t('Undo'),
      onClick: () => {
        settle(undo);
        manager.close(id);
      },
    },
  });
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} timeout={5000}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-4 z-50 mx-auto flex max-w-md flex-col gap-2 sm:end-6 sm:start-auto sm:w-96">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const t = useT();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-xl border bg-raised p-3 shadow-lg data-[type=error]:border-danger"
    >
      <Toast.Content className="flex items-center gap-3 text-sm">
        <div className="min-w-0 grow">
          <Toast.Title className="font-medium break-words" />
          <Toast.Description className="break-words text-muted" />
        </div>
        <Toast.Action className="rounded-lg px-2.5 py-1.5 font-medium text-accent hover:bg-accent-soft" />
        <Toast.Close aria-label={t('Close')} className="rounded-lg p-1.5 text-muted hover:bg-surface">
          <X className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
