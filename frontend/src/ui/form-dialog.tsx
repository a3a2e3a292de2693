import { useId, type ReactNode } from "react";

import { useT } from "@/words/provider";

import { Button } from "./button";
import { Dialog } from "./dialog";
import { Failure } from "./failure";

interface Props {
  onClose: () => void;
  title: string;
  description?: string;
  /** The word on the button that sends it. */
  does: string;
  onSubmit: () => void;
  isBusy: boolean;
  /** Why what was sent was not taken; what was typed stays. */
  error: unknown;
  children: ReactNode;
}

/** A few fields over the page, and a button that sends them, as Enter does. */
export function FormDialog({ onClose, title, description, does, onSubmit, isBusy, error, children }: Props) {
  const t = useT();
  const form = useId();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      {...(description && { description })}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={form} look="primary" isBusy={isBusy}>
            {does}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <Failure error={error} />
      </form>
    </Dialog>
  );
}

interface DoneProps {
  onClose: () => void;
  title: string;
  /** The word on the button that closes it. */
  does: string;
  children: ReactNode;
}

/** What came of it, where there is more to say than fits in a corner. */
export function DoneDialog({ onClose, title, does, children }: DoneProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      actions={
        <Button look="primary" onClick={onClose}>
          {does}
        </Button>
      }
    >
      {children}
    </Dialog>
  );
}
