import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";

import { makeQueryClient } from "@/api/queries";
import { ToastCorner } from "@/ui/toast";
import { WordsProvider } from "@/words/provider";

export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(makeQueryClient);
  return (
    // The page's policy allows no style that stands in the page.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <WordsProvider>
          {children}
          <ToastCorner />
        </WordsProvider>
      </QueryClientProvider>
    </CSPProvider>
  );
}
