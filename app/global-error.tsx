"use client";
import { useLayoutEffect } from "react";
import { mono, sans } from "@/components/shell/fonts";
import { restoreTheme } from "@/components/shell/applied-theme";
import ErrorPage from "./error";
import "./globals.css";

/** Shown when the root layout threw. Replaces the whole document. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  useLayoutEffect(restoreTheme, []);
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable}`}>
      <body>
        <ErrorPage error={error} />
      </body>
    </html>
  );
}
