import type { ComponentProps } from 'react';
import { cx } from '../lib/cx.ts';

const VARIANTS = {
  primary: 'bg-accent text-accent-ink hover:opacity-90 border-transparent',
  plain: 'bg-raised hover:bg-surface',
  ghost: 'border-transparent hover:bg-surface',
  danger: 'border-transparent bg-danger-soft text-danger hover:opacity-90',
} as const;

export type ButtonProps = ComponentProps<'button'> & {
  variant?: keyof typeof VARIANTS;
  size?: 'normal' | 'small';
  isBusy?: boolean;
};

export function Button({ variant = 'plain', size = 'normal', isBusy, className, children, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      disabled={props.disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={buttonClass(variant, size, className)}
    >
      {children}
    </button>
  );
}

/** For links that look like buttons. */
export function buttonClass(
  variant: keyof typeof VARIANTS = 'plain',
  size: 'normal' | 'small' = 'normal',
  className?: string,
): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-50',
    size === 'small' ? 'min-h-8 px-2.5 text-sm' : 'min-h-10 px-4',
    VARIANTS[variant],
    className,
  );
}
