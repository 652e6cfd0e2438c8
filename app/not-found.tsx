import type { Metadata } from "next";
import { Alone } from "@/components/shell/alone";
import { Logo } from "@/components/shell/logo";
import { buttonLook } from "@/components/ui/button-look";

export const metadata: Metadata = { title: { absolute: "Not found · Parley" } };

/**
 * For whoever comes to an address without a page, signed in or not. It reads nothing and works without scripts. It has none
 * of its own (no icon of lucide, no <Button>, no <Link>), because every page would carry them along.
 */
export default function NotFound() {
  return (
    <Alone>
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
    </Alone>
  );
}
