import { Fragment, type ReactNode } from "react";

/**
 * Inserts a <wbr> after every 500 characters without a space. In scripts with joined letters, browsers take quadratic time
 * to find a line break: 16,000 Arabic letters without a break block the page for a second.
 */
export function breakable(text: string): ReactNode {
  const parts = text.split(/(\S{500})(?=\S)/u).filter(Boolean);
  if (parts.length < 2) return text;
  return parts.map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
