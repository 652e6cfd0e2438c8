"use client";
import { useCallback } from "react";
import { mentionReader } from "@/lib/client/mention-reader";
import { limits } from "@/lib/contract/limits";
import { plainBeginning, plainText } from "@/lib/contract/markdown/plain-text";
import type { Message } from "@/lib/contract/message";
import { useParser } from "./parser";

/** What is written, and whom it mentions. */
type Written = { body: string } & Partial<Pick<Message, "mentions">>;

/**
 * Returns a function that turns a message into one line of text (see `plainText`). It returns "" until the parser has
 * loaded, so that no spoiler is shown. `nameOf` returns the names of people whom the message mentions, or null.
 */
export function usePlainText(): (written: Written, max: number, nameOf?: (id: string) => string | null) => string {
  const parse = useParser();
  return useCallback(
    ({ body, mentions }, max, nameOf) => {
      if (!parse) return "";
      const read = (text: string) => parse(text, mentionReader(mentions, nameOf));
      // The server cuts previews to this length.
      const isTruncated = Array.from(body).length === limits.preview;
      return isTruncated ? plainBeginning(body, read, max) : plainText(read(body), max);
    },
    [parse],
  );
}
