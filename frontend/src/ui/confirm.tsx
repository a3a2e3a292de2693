import type { ReactNode } from "react";

import { useT } from "@/words/provider";

import { Button } from "./button";
import { Dialog } from "./dialog";
import { Failure } from "./failure";

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What happens then. */
  children: ReactNode;
  /** The word on the button that does it. */
  does: string;
  onConfirm: () => void;
  isBusy: boolean;
  error: unknown;
}

/** Asks before something is done that cannot be undone. */
export function Confirm({ isOpen, onClose, title, children, does, onConfirm, isBusy, error }: Props) {
  const t = useT();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="danger" onClick={onConfirm} isBusy={isBusy}>
            {does}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 text-sm">
        {children}
        <Failure error={error} />
      </div>
    </Dialog>
  );
}
