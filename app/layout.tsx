import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { mono, sans } from "@/components/shell/fonts";
import { themeScript } from "@/components/shell/theme";
import { Toaster } from "@/components/ui/toast";
import { InputMethods } from "@/components/ui/input-methods";
import { NowProvider } from "@/lib/client/now-provider";
import { Tooltips } from "@/components/ui/tooltips";
import "./globals.css";

// No title here: the chat sets its own (components/shell/window-title.tsx).
export const metadata: Metadata = { description: "Self-hosted team chat." };
export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
};

/** Reading the headers makes every page dynamic. The nonce of the content security policy needs dynamic pages. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable}`} suppressHydrationWarning>
      <head>
        {/* Applies the chosen theme before the first paint. */}
        {/* oxlint-disable-next-line react/no-danger -- a constant, with the nonce */}
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: themeScript }} suppressHydrationWarning />
      </head>
      <body>
        <NowProvider>{children}</NowProvider>
        <InputMethods />
        <Tooltips />
        <Toaster />
      </body>
    </html>
  );
}
