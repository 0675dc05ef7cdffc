import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

export type IconButtonProps = ComponentProps<'button'> & {
  /** Name for screen readers, and shown when the pointer rests on the button. */
  label: string;
  isPressed?: boolean;
  children: ReactNode;
};

export function IconButton({ label, isPressed, className, children, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      {...props}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      className={cx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-surface hover:text-ink',
        'disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4.5',
        isPressed && 'bg-accent-soft text-accent',
        className,
      )}
    >
      {children}
    </button>
  );
}
