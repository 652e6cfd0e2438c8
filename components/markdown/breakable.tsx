import { Fragment, type ReactNode } from "react";

/**
 * Text with a place to break in every 500 characters without a space. Browsers look for one in quadratic time where
 * letters are joined: 16,000 letters of Arabic hold the page for a second.
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
