"use client";
import dynamic from "next/dynamic";
import { retrying } from "@/components/ui/on-demand";

/** The grid of all emoji, whose data is large. */
export const EmojiGridOnDemand = dynamic(
  retrying(async () => ({ default: (await import("./emoji-grid")).EmojiGrid })),
  { loading: () => <div className="h-[min(380px,60dvh)]" /> },
);
