"use client";
import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";
import { openPlace } from "./place";

type LinkProps = ComponentProps<"a"> & { href: string };

/** A link inside the chat. A plain click opens the place without a request. A new tab and copying the link work as usual. */
export function PlaceLink(props: LinkProps) {
  return <OwnLink {...props} open={openPlace} />;
}

/** A link from the chat to another part, such as the settings. Does what `next/link` does, which is too large for the chat. */
export function PartLink(props: LinkProps) {
  const router = useRouter();
  return <OwnLink {...props} open={(href) => router.push(href)} />;
}

function OwnLink({ href, onClick, open, children, ...props }: LinkProps & { open: (href: string) => void }) {
  function openHere(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    open(href);
  }
  return (
    <a href={href} onClick={openHere} {...props}>
      {children}
    </a>
  );
}
