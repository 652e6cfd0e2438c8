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

const textPlace = (roomId: string) => `edits.${roomId}`;

/** Functions to keep and remove unfinished edits of a room. The edits survive leaving the room and reloading the page. */
export function unfinishedEditActions(texts: Texts, roomId: string) {
  const place = textPlace(roomId);
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

/** The unfinished edits of a room, by message id. */
export function useUnfinishedEdits(roomId: string): ReadonlyMap<string, UnfinishedEdit> {
  const [text] = useText(textPlace(roomId));
  return useMemo(() => parse(text), [text]);
}

export function useUnfinishedEditActions(roomId: string) {
  const { texts } = useParley();
  return useMemo(() => unfinishedEditActions(texts, roomId), [texts, roomId]);
}

function parse(text: string): Map<string, UnfinishedEdit> {
  if (!text) return new Map();
  try {
    return new Map(JSON.parse(text) as [string, UnfinishedEdit][]);
  } catch {
    return new Map(); // written by another version
  }
}
