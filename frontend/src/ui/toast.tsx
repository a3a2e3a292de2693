"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";

import { useT } from "@/words/provider";

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={8_000}>
      {children}
      <Toasts />
    </Toast.Provider>
  );
}

/** Return the function that tells in a corner what came of an action; screen readers say it, too. */
export function useTell(): (text: string, kind?: "done" | "failed") => void {
  const manager = Toast.useToastManager();
  return (text, kind = "done") => {
    manager.add({ title: text, type: kind, priority: kind === "failed" ? "high" : "low" });
  };
}

function Toasts() {
  const { toasts } = Toast.useToastManager();
  const t = useT();
  if (toasts.length === 0) return null;
  return (
    <Toast.Portal>
      <Toast.Viewport className="fixed right-4 bottom-20 left-4 z-50 grid gap-2 sm:left-auto sm:w-96 md:bottom-4">
        {toasts.map((toast) => (
          <Toast.Root
            key={toast.id}
            toast={toast}
            className="bg-raised text-ink shadow-raised border-line flex items-start gap-2 rounded-lg border px-3 py-2 data-[type=failed]:border-bad"
          >
            <Toast.Title className="min-w-0 flex-1 py-1 text-sm" />
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
