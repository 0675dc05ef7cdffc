import type { ReactNode } from 'react';

/** How the caller shows citations and flags inside a text. */
export interface Extras {
  renderCite: (numbers: number[]) => ReactNode;
  renderFlag: (index: number) => ReactNode;
}
