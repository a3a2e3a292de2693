import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, type ReactNode } from "react";

import { useT } from "@/words/provider";

import { classes } from "./classes";

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  children: ReactNode;
  /** Buttons at its end; the one that goes on comes last. */
  actions?: ReactNode;
}

interface DialogProps extends Omit<Props, "children"> {
  children?: ReactNode;
  /** For what holds a list. */
  isWide?: boolean;
}

const BACKDROP = "fixed inset-0 z-40 bg-black/45 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0";

function Content({ title, description, children, actions }: Omit<DialogProps, "isOpen" | "onClose" | "isWide">) {
  const t = useT();
  return (
    <>
      <div className="border-line flex items-start gap-3 border-b px-4 py-3">
        <div className="min-w-0 flex-1">
          <Base.Title className="text-base font-semibold">{title}</Base.Title>
          {description && <Base.Description className="text-muted text-sm">{description}</Base.Description>}
        </div>
        <Base.Close
          aria-label={t("close")}
          className="text-muted hover:bg-hover hover:text-ink inline-flex size-8 shrink-0 items-center justify-center rounded-md"
        >
          <X aria-hidden className="size-4" />
        </Base.Close>
      </div>
      {children && <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">{children}</div>}
      {actions && <div className="border-line flex flex-wrap justify-end gap-2 border-t px-4 py-3">{actions}</div>}
    </>
  );
}

const FILLED_IN = "input:not([type=file], [type=checkbox]), textarea, select";

/**
 * A question or a form over the page. Focus goes in, to what is filled in first, stays in, and comes back; Escape
 * closes it.
 */
export function Dialog({ isOpen, onClose, isWide = false, children, ...content }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          ref={popup}
          // A finger that opens it does not want the keyboard over what it says.
          initialFocus={(by) => by === "touch" || (popup.current?.querySelector<HTMLElement>(FILLED_IN) ?? true)}
          className={classes(
            "bg-raised text-ink shadow-raised fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh]",
            isWide ? "w-[min(56rem,calc(100vw-1rem))]" : "w-[min(34rem,calc(100vw-2rem))]",
            "-translate-x-1/2 -translate-y-1/2 flex-col rounded-lg transition-opacity",
            "data-ending-style:opacity-0 data-starting-style:opacity-0",
          )}
        >
          <Content {...content}>{children}</Content>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The same at the side, for what is read or set beside the page. */
export function Drawer({ isOpen, onClose, ...content }: Props) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          className={classes(
            "bg-raised text-ink shadow-raised fixed inset-y-0 right-0 z-50 flex w-[min(28rem,100vw)] flex-col",
            "transition-transform data-ending-style:translate-x-full data-starting-style:translate-x-full",
          )}
        >
          <Content {...content} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
