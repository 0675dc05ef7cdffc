import type { ReactNode } from 'react';
import { usePageTitle } from '../lib/use-page-title.ts';
import { LanguageSelect } from '../settings/language-select.tsx';
import { Brand, FooterLinks } from '../shell/brand.tsx';

/** The frame of the pages that are shown before anyone signs in. */
export function AuthCard({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <main className="flex min-h-full flex-col items-center justify-center gap-6 p-4">
      <div className="flex items-center gap-2 text-lg font-semibold">
        <Brand logoClass="size-8" />
      </div>
      <div className="w-full max-w-sm rounded-2xl border bg-raised p-6">
        <h1 className="mb-4 text-lg font-semibold">{title}</h1>
        {children}
      </div>
      <FooterLinks />
      <LanguageSelect />
    </main>
  );
}
