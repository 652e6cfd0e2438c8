"use client";
import { useStore } from "zustand";
import { useParley } from "./use-parley";

/** The organization's clock. It counts the changes to its people and groups, and the administrative acts. */
export function useOrganizationClock(): number {
  return useStore(useParley().stores.rooms, ({ organizationClock }) => organizationClock);
}
