import { Head, Html, Main, NextScript, type DocumentProps } from "next/document";

import { earlyScript } from "@/api/early";
import icon from "@/icon.svg";
import { BEFORE_PAINT } from "@/ui/shell/before-paint";
import { en } from "@/words/en";

/** What every page stands in while it is built; nothing of it runs in a browser. */
export default function Document({ __NEXT_DATA__: built }: DocumentProps) {
  return (
    <Html lang="en" suppressHydrationWarning>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={en["app.what"]} />
        {/* Named by what it is, so that it is kept: browsers want it again each time that the address changes. */}
        <link rel="icon" href={(icon as { src: string }).src} />
        {/* Our own words, which the policy of pages knows by their hash. */}
        {/* eslint-disable-next-line no-restricted-syntax */}
        <script dangerouslySetInnerHTML={{ __html: `${BEFORE_PAINT};${earlyScript(built.page)}` }} />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  );
}
