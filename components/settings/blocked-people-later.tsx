"use client";
import dynamic from "next/dynamic";
import { MissingNote } from "@/components/ui/missing-note";
import { retrying } from "@/components/ui/on-demand";
import { BlockedPeopleLoading } from "./blocked-people-loading";

/** The people whom the viewer blocks. The code is fetched after the page. */
export const BlockedPeopleLater = dynamic(
  retrying(() => import("./blocked-people"), MissingNote),
  { ssr: false, loading: BlockedPeopleLoading },
);
