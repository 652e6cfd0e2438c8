"use client";
import { useStore } from "zustand";
import { useParley } from "./use-parley";

/** The clock of the organization's log. It moves with each change to its people and groups, and with each administrative act. */
export function useOrganizationClock(): number {
  return useStore(useParley().stores.rooms, ({ organizationClock }) => organizationClock);
}
