"use client";
import { useCallback } from "react";
import { limits } from "@/lib/contract/limits";
import { plainBeginning, plainText } from "@/lib/contract/markdown/plain-text";
import { useParser } from "./parser";

/**
 * Reads messages for one line outside the log: see `plainText`. Until the parser has come it says nothing, so that no
 * spoiler is shown.
 */
export function usePlainText(): (body: string, max: number) => string {
  const read = useParser();
  return useCallback(
    (body, max) => {
      if (!read) return "";
      // As many characters as the list of rooms gets of a longer message.
      const isBeginning = Array.from(body).length === limits.preview;
      return isBeginning ? plainBeginning(body, read, max) : plainText(read(body), max);
    },
    [read],
  );
}
