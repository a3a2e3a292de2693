import type { AppProps } from "next/app";
import Head from "next/head";

import "@/ui/globals.css";
import { usePath } from "@/ui/address";
import { AppShell } from "@/ui/shell/app-shell";
import { Guard } from "@/ui/shell/guard";
import { LastResort } from "@/ui/shell/last-resort";
import { PageError } from "@/ui/shell/page-error";
import { Providers } from "@/ui/shell/providers";

export default function App({ Component, pageProps }: AppProps) {
  const path = usePath();
  return (
    <>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" key="viewport" />
      </Head>
      <Guard fallback={() => <LastResort />}>
        <Providers>
          <AppShell>
            <Guard key={path} fallback={(error, again) => <PageError error={error} onRetry={again} />}>
              <Component {...pageProps} />
            </Guard>
          </AppShell>
        </Providers>
      </Guard>
    </>
  );
}
