import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";

import { AppShell } from "@/ui/shell/app-shell";
import { BEFORE_PAINT } from "@/ui/shell/before-paint";
import { Providers } from "@/ui/shell/providers";

import "./globals.css";

export const metadata: Metadata = { icons: { icon: "/icon.svg" } };

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Our own words, which the policy of pages knows by their hash. */}
        {/* eslint-disable-next-line no-restricted-syntax */}
        <script dangerouslySetInnerHTML={{ __html: BEFORE_PAINT }} />
      </head>
      <body>
        <Providers>
          <AppShell>{children}</AppShell>
        </Providers>
      </body>
    </html>
  );
}
