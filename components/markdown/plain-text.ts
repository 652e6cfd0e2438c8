"use client";
import { useCallback } from "react";
import { limits } from "@/lib/contract/limits";
import { plainBeginning, plainText } from "@/lib/contract/markdown/plain-text";
import { useParser } from "./parser";

/**
 * Returns a function that turns a message into one line of text (see `plainText`). It returns "" until the parser has
 * loaded, so that no spoiler is shown.
 */
export function usePlainText(): (body: string, max: number) => string {
  const parse = useParser();
  return useCallback(
    (body, max) => {
      if (!parse) return "";
      // The server cuts previews to this length.
      const isTruncated = Array.from(body).length === limits.preview;
      return isTruncated ? plainBeginning(body, parse, max) : plainText(parse(body), max);
    },
    [parse],
  );
}
