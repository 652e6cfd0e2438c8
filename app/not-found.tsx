import type { Metadata } from "next";
import { Centered } from "@/components/shell/centered";
import { Logo } from "@/components/shell/logo";
import { buttonLook } from "@/components/ui/button-look";

export const metadata: Metadata = { title: { absolute: "Not found · Parley" } };

/**
 * Shown at an address without a page, with or without a session. Reads no data and works without scripts. Uses no client
 * components (icons, <Button>, <Link>), because every page would load their code.
 */
export default function NotFound() {
  return (
    <Centered>
      <div className="m-auto max-w-100 p-8 text-center">
        <Logo className="mb-[18px] size-12 shadow-popover" />
        <h1 className="text-2xl tracking-display">There's no page here</h1>
        <p className="mt-1.5 mb-6 text-balance text-ink-soft">
          The address may be mistyped, or the page is gone. Check the address, or go back to Parley.
        </p>
        {/* oxlint-disable-next-line next/no-html-link-for-pages -- <Link> is a script */}
        <a href="/" className={buttonLook({ variant: "primary", size: "touch" })}>
          Go to Parley
        </a>
      </div>
    </Centered>
  );
}
