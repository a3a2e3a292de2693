import type { NextConfig } from "next";

const isBuilt = process.env.NODE_ENV === "production";

const config: NextConfig = {
  trailingSlash: true,
  reactStrictMode: true,
  poweredByHeader: false,
  // The same sources, the same files.
  generateBuildId: () => process.env.HOIST_SOURCES ?? "dev",
  // `make check` runs the compiler; once is enough.
  typescript: { ignoreBuildErrors: true },
  ...(isBuilt
    ? { output: "export", compiler: { removeConsole: true } }
    : {
        // While developing, the API is another process.
        skipTrailingSlashRedirect: true,
        rewrites: () =>
          Promise.resolve([
            { source: "/api/:path*", destination: `${process.env.HOIST_API ?? "http://127.0.0.1:8000"}/api/:path*` },
          ]),
      }),
};

export default config;
