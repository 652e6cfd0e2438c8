"use client";
import { useRef, useState } from "react";
import { failureOf } from "@/components/auth/failure";
import { copyLater } from "@/components/ui/copy";
import { api } from "@/lib/client/api";
import { keepLink, keptLink, linkKey, type MadeInvite } from "./kept-link";
import { type Terms, usualTerms } from "./terms";

export interface InviteLink {
  /** Undefined until there is one. */
  made: MadeInvite | undefined;
  link: string;
  /** Undefined before it was tried. */
  copied: boolean | undefined;
  busy: boolean;
  failed: string | undefined;
  /** Makes the link, or takes the one that was made before; with terms, always a new one. */
  take: (terms?: Terms) => Promise<string>;
  /** The same, and copies it. Call it while handling a press: browsers let nothing be copied at other times. */
  copy: (terms?: Terms) => Promise<void>;
}

const linkOf = ({ token }: MadeInvite) => `${location.origin}/join/${token}`;

/** A link for people who are new to the organization, and for a room of it if one is named. */
export function useInviteLink(personId: string, roomId?: string, onMade?: () => void): InviteLink {
  const [made, setMade] = useState<MadeInvite>();
  const [copied, setCopied] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  const asked = useRef<Promise<MadeInvite>>(undefined);
  const key = linkKey(personId, roomId);

  async function make(terms?: Terms): Promise<MadeInvite> {
    const kept = terms ? null : await keptLink(key, made);
    if (kept) return kept;
    const next = await api("invite.create", { ...usualTerms, ...terms, roomIds: roomId ? [roomId] : [] });
    keepLink(key, next);
    onMade?.();
    return next;
  }

  async function take(terms?: Terms): Promise<string> {
    setBusy(true);
    setFailed(undefined);
    // Asked twice at once, it is one link, unless other terms were chosen.
    while (terms && asked.current) await asked.current.catch(() => {});
    asked.current ??= make(terms);
    try {
      const next = await asked.current;
      setMade(next);
      if (next.token !== made?.token) setCopied(undefined);
      return linkOf(next);
    } catch (error) {
      setFailed(failureOf(error).message);
      throw error;
    } finally {
      asked.current = undefined;
      setBusy(false);
    }
  }

  async function copy(terms?: Terms): Promise<void> {
    // What went wrong is in `failed`.
    setCopied(await copyLater(take(terms)).catch(() => undefined));
  }

  return { made, link: made ? linkOf(made) : "", copied, busy, failed, take, copy };
}
