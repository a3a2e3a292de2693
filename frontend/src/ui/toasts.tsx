import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect } from "react";

import { useT } from "@/words/provider";

import { takeTold, useWaiting } from "./toast";

const SHOWN_MILLISECONDS = 8_000;

export default function Toasts() {
  return (
    <Toast.Provider timeout={SHOWN_MILLISECONDS}>
      <Shown />
    </Toast.Provider>
  );
}

function Shown() {
  const t = useT();
  const { toasts, add, close } = Toast.useToastManager();
  const waiting = useWaiting();
  useEffect(() => {
    if (waiting.length === 0) return;
    for (const { text, kind, action } of takeTold()) {
      const id = add({
        title: text,
        type: kind,
        priority: kind === "failed" ? "high" : "low",
        ...(action && {
          actionProps: {
            children: action.name,
            onClick: () => {
              close(id);
              action.act();
            },
          },
        }),
      });
    }
  }, [waiting, add, close]);
  return (
    <Toast.Portal>
      <Toast.Viewport className="fixed right-4 bottom-20 left-4 z-50 grid gap-2 sm:left-auto sm:w-96 md:bottom-4">
        {toasts.map((toast) => (
          <Toast.Root
            key={toast.id}
            toast={toast}
            data-toast
            className="bg-raised text-ink shadow-raised border-line data-[type=failed]:border-bad flex items-start gap-2 rounded-lg border px-3 py-2"
          >
            <Toast.Title className="min-w-0 flex-1 py-1 text-sm" />
            <Toast.Action className="text-accent hover:bg-hover min-h-7 rounded-md px-2 text-sm font-medium" />
            <Toast.Close
              aria-label={t("close")}
              className="text-muted hover:bg-hover inline-flex size-7 items-center justify-center rounded-md"
            >
              <X aria-hidden className="size-4" />
            </Toast.Close>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
