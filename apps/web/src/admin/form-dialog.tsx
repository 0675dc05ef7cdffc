import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog, type DialogProps } from '../ui/dialog.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';

export interface FormDialogProps extends Pick<DialogProps, 'title' | 'description' | 'size' | 'onClose'> {
  /** Text of the button that sends the form. */
  action: string;
  /** Stays open with the error if it fails. The caller closes the dialog. */
  onSubmit(): Promise<unknown>;
  children: ReactNode;
}

export function FormDialog({ action, onSubmit, children, ...dialog }: FormDialogProps) {
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await onSubmit();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog
      isOpen
      {...dialog}
      actions={
        <Button variant="primary" type="submit" form={id} isBusy={isBusy}>
          {action}
        </Button>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-4">
        {children}
        {error !== null && <ProblemNote error={error} />}
      </form>
    </Dialog>
  );
}
