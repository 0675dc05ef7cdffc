import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '../i18n/use-t.ts';
import { cx } from '../lib/cx.ts';

export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cx('size-4 animate-spin', className)} />;
}

export function Loading() {
  const t = useT();
  return (
    <div role="status" className="flex items-center justify-center gap-2 p-8 text-sm text-muted">
      <Spinner /> {t('Loading…')}
    </div>
  );
}

export interface EmptyProps {
  icon?: ReactNode;
  title: string;
  /** 1 if the page has no other heading. */
  level?: 1 | 2;
  children?: ReactNode;
}

export function Empty({ icon, title, level = 2, children }: EmptyProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 p-8 text-center [&>svg]:size-8 [&>svg]:text-muted">
      {icon}
      <Heading className="font-semibold">{title}</Heading>
      <div className="flex flex-col items-center gap-3 text-sm text-muted">{children}</div>
    </div>
  );
}

const TONES = {
  neutral: 'bg-surface text-muted',
  ok: 'bg-accent-soft text-accent',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
} as const;

export function Badge({ tone = 'neutral', children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  return (
    <span className={cx('inline-flex items-center gap-1 rounded-md px-1.5 py-0.5 text-xs font-medium', TONES[tone])}>
      {children}
    </span>
  );
}

export function ProgressBar({ value, label }: { value: number; label: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(value * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      className="h-1.5 overflow-hidden rounded-full bg-line"
    >
      <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${value * 100}%` }} />
    </div>
  );
}
