import { Menu as Base } from '@base-ui/react/menu';
import { type ComponentProps, cloneElement, type ReactElement, type ReactNode, useState } from 'react';
import { cx } from '../lib/cx.ts';

/** Menus are in a landmark of their own, so that all content of the page is in one. */
const menuLayer = document.getElementById('menus');

export interface MenuProps {
  /** A button. */
  trigger: ReactElement<ComponentProps<'button'>>;
  /** Returns what gets the focus when the menu closes, instead of the trigger. */
  focusAfter?: () => HTMLElement | null;
  children: ReactNode;
}

/** Lists have a menu per row, so a menu is only made when its button is used. */
export function Menu({ trigger, focusAfter, children }: MenuProps) {
  const [isUsed, setUsed] = useState(false);
  if (!isUsed) return cloneElement(trigger, { 'aria-haspopup': 'menu', onClick: () => setUsed(true) });
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal container={menuLayer}>
        <Base.Positioner sideOffset={4} align="end" className="z-50 outline-none">
          <Base.Popup
            finalFocus={() => focusAfter?.() ?? true}
            className="max-h-[70dvh] min-w-44 overflow-y-auto rounded-xl border bg-raised p-1 text-sm shadow-lg outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  isDanger?: boolean;
  isDisabled?: boolean;
  onSelect(): void;
  children: ReactNode;
}

export function MenuItem({ icon, isDanger, isDisabled, onSelect, children }: MenuItemProps) {
  return (
    <Base.Item
      disabled={isDisabled}
      onClick={onSelect}
      className={cx(
        'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 outline-none select-none',
        'data-disabled:cursor-not-allowed data-disabled:opacity-50 data-highlighted:bg-surface [&_svg]:size-4',
        isDanger && 'text-danger',
      )}
    >
      {icon}
      {children}
    </Base.Item>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}
