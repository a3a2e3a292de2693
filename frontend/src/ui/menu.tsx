"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  label: ReactNode;
  items: readonly {
    name: string;
    /** Where it leads: a file to be saved, or… */
    href?: string;
    /** …what it does. */
    onChoose?: () => void;
  }[];
}

const ITEM = "data-highlighted:bg-accent-soft block w-full cursor-pointer px-3 py-1.5 text-left text-sm";

/** A button that opens a list of things to do. */
export function Menu({ label, items }: Props) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger className="bg-surface border-edge hover:bg-hover inline-flex min-h-8 items-center gap-1.5 rounded-md border px-3 text-sm font-medium whitespace-nowrap">
        {label}
        <ChevronDown aria-hidden className="text-muted size-3.5" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="z-50">
          <Base.Popup className="bg-raised border-line text-ink shadow-raised min-w-40 rounded-lg border py-1">
            {items.map((item) =>
              item.href ? (
                <Base.LinkItem key={item.name} className={ITEM} href={item.href} download>
                  {item.name}
                </Base.LinkItem>
              ) : (
                <Base.Item key={item.name} className={ITEM} onClick={item.onChoose}>
                  {item.name}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
