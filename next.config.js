/** @type {import('next').NextConfig} */
export default {
  // The test run builds into its own folder, so that it never disturbs a running Parley.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  compress: true,
  // Native or stateful on the server: Next must leave them to Node.
  serverExternalPackages: [
    "@node-rs/argon2",
    "pg",
    "pino",
    "@prisma/adapter-pg",
    "@prisma/client",
    "prom-client",
    "redis",
    "sharp",
  ],
  allowedDevOrigins: ["127.0.0.1"],
  devIndicators: false,
  // Pictures are stored in the sizes in which they are shown. Resizing on request is turned off.
  images: { unoptimized: true },
  // The addresses from before they named the organization. `app/page.tsx` redirects them.
  rewrites: async () =>
    ["/browse", "/rooms/:roomId", "/settings", "/settings/:page(account|people|invites)"].map((source) => ({
      source,
      destination: "/",
    })),
  // `npm test` checks the types of everything, tests too; a start must not wait for it.
  typescript: { ignoreBuildErrors: true },
};
