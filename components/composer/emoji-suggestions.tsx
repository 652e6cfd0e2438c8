"use client";
import { useEffect, useState } from "react";
import { recentEmoji, rememberedTone } from "@/components/reactions/recent-emoji";
import { toned } from "@/components/reactions/toned";
import { useLater } from "@/components/ui/later";
import { useMe } from "@/lib/client/hooks/use-me";
import { type SignProps, SuggestionList } from "./suggestion-list";

/** The data of all emoji is large. It is fetched for the first name of an emoji. */
const load = () => import("./found-emoji");
const maxRecent = 18;

/** The emoji that a colon and two letters offer. */
export function EmojiSuggestions({ word, roomId: _, ...list }: SignProps) {
  const { me } = useMe();
  const [{ recent, tone }] = useState(() => ({ recent: recentEmoji(me.id, maxRecent), tone: rememberedTone(me.id) }));
  const [module, fetch] = useLater(load);
  useEffect(() => void fetch().catch(() => {}), [fetch]);
  const suggestions = (module?.matchEmoji(word.query, recent) ?? []).map(({ emoji, marks, also }) => ({
    id: emoji.emoji,
    section: null,
    icon: <span className="text-xl leading-none">{toned(emoji, tone)}</span>,
    name: emoji.label,
    marks,
    ...(also && { details: `also “${also}”` }),
    insert: toned(emoji, tone),
  }));
  return <SuggestionList {...list} word={word} label="Emoji" suggestions={suggestions} />;
}
