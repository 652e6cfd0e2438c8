"use client";
import { useStore } from "zustand";
import type { RoomInvite } from "@/lib/contract/room-invite";
import { useParley } from "./use-parley";

/** The room invites that wait for my answer, newest first. */
export function useInvites(): RoomInvite[] {
  return useStore(useParley().stores.rooms, ({ invites }) => invites);
}

/** Grows when an invite that I sent changes. */
export function useSentInvitesTick(): number {
  return useStore(useParley().stores.rooms, ({ sentInvitesTick }) => sentInvitesTick);
}
