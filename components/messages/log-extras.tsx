"use client";
import dynamic from "next/dynamic";
import { retrying } from "@/components/ui/on-demand";

// What a log shows or says only some time after it has appeared.

export const Announcer = dynamic(
  retrying(() => import("./announcer")),
  { ssr: false },
);
export const JumpToLatest = dynamic(
  retrying(() => import("./jump-to-latest")),
  { ssr: false },
);
