"use client";
import { useMemo } from "react";
import type { Texts } from "../texts";
import { useText } from "./use-text";
import { useParley } from "./use-parley";

/** The text of an edit that was neither saved nor cancelled. */
export interface UnfinishedEdit {
  text: string;
  /** `editedAt` of the version that is being edited. */
  basedOn: string | null;
  /** When the message was sent. */
  sentAt: string;
}

const textPlace = (logPlace: string) => `edits.${logPlace}`;

/** Functions to keep and remove unfinished edits in the log of a room or thread, whose composer is at `logPlace`. The edits survive leaving the room and reloading the page. */
export function unfinishedEditActions(texts: Texts, logPlace: string) {
  const place = textPlace(logPlace);
  const change = (edit: (edits: Map<string, UnfinishedEdit>) => void) => {
    const edits = parse(texts.read(place));
    edit(edits);
    texts.write(place, edits.size > 0 ? JSON.stringify([...edits]) : "");
  };
  return {
    keepEdit: (messageId: string, edit: UnfinishedEdit) => change((edits) => edits.set(messageId, edit)),
    removeEdit: (messageId: string) => change((edits) => edits.delete(messageId)),
  };
}

/** The unfinished edits in a log, by message id. */
export function useUnfinishedEdits(logPlace: string): ReadonlyMap<string, UnfinishedEdit> {
  const [text] = useText(textPlace(logPlace));
  return useMemo(() => parse(text), [text]);
}

export function useUnfinishedEditActions(logPlace: string) {
  const { texts } = useParley();
  return useMemo(() => unfinishedEditActions(texts, logPlace), [texts, logPlace]);
}

function parse(text: string): Map<string, UnfinishedEdit> {
  if (!text) return new Map();
  try {
    return new Map(JSON.parse(text) as [string, UnfinishedEdit][]);
  } catch {
    return new Map(); // written by another version
  }
}
