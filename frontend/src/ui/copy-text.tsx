import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";

import { useT } from "@/words/provider";

import { Button } from "./button";

/** A text that is to be taken elsewhere. Where the browser lets nobody copy, it is selected. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setIsCopied] = useState(false);
  const Icon = isCopied ? Check : Copy;

  async function copy(): Promise<void> {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
    } catch {
      // Only pages behind TLS, or of this computer, may write there; it is selected for a key stroke.
      field.current?.focus();
    }
  }

  return (
    <div className="flex gap-2">
      <input
        ref={field}
        readOnly
        aria-label={label}
        value={text}
        onFocus={(event) => event.target.select()}
        className="field min-w-0 flex-1 font-mono"
      />
      <Button onClick={() => void copy()}>
        <Icon aria-hidden className="size-4" />
        {/* Not a status: what stands in one is no part of the button's name. */}
        <span aria-live="polite">{t(isCopied ? "copied" : "copy")}</span>
      </Button>
    </div>
  );
}
