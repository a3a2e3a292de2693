import { ChevronDown } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";

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

const ITEM = "hover:bg-accent-soft block w-full px-3 py-1.5 text-left text-sm";

/** A button that opens a few more links and buttons; a click elsewhere, Escape or a choice closes them. */
export function Menu({ label, items }: Props) {
  const element = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (element.current) element.current.open = false;
  };

  useEffect(() => {
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) close();
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("focusin", elsewhere);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("focusin", elsewhere);
    };
  }, []);

  return (
    // Escape is heard wherever in it the focus is; the summary and what it opens are what one operates.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <details
      ref={element}
      className="group relative"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !element.current?.open) return;
        close();
        element.current.querySelector("summary")?.focus();
      }}
    >
      <summary className="bg-surface border-edge hover:bg-hover inline-flex min-h-8 list-none items-center gap-1.5 rounded-md border px-3 text-sm font-medium whitespace-nowrap [&::-webkit-details-marker]:hidden">
        {label}
        <ChevronDown aria-hidden className="text-muted size-3.5 group-open:rotate-180" />
      </summary>
      <ul className="bg-raised border-line shadow-raised absolute right-0 z-10 mt-1 min-w-48 rounded-lg border py-1">
        {items.map((item) => (
          <li key={item.name}>
            {item.href ? (
              <a className={ITEM} href={item.href} download onClick={close}>
                {item.name}
              </a>
            ) : (
              <button
                type="button"
                className={ITEM}
                onClick={() => {
                  close();
                  item.onChoose?.();
                }}
              >
                {item.name}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
