"use client";
import { useMemo } from "react";
import { useStore } from "zustand";
import { toast } from "@/components/ui/toast";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";
import { withChanges, withMoves } from "@/lib/client/sidebar";
import type { Input } from "@/lib/contract/index";
import type { Section } from "@/lib/contract/section";
import { sectionName } from "./section-words";

/** The sections of my sidebar, in their order. What I have just changed counts until the server has refused it. */
export function useSections(): readonly Section[] {
  const { stores } = useParley();
  const sections = useStore(stores.rooms, ({ sidebar }) => sidebar.sections);
  const changes = useStore(stores.outbox, ({ sidebar }) => sidebar);
  return useMemo(() => withChanges(sections, changes), [sections, changes]);
}

/** These rooms, in the sections to which I have just moved them. */
export function useMovedRooms(rooms: readonly RoomListItem[]): readonly RoomListItem[] {
  const changes = useStore(useParley().stores.outbox, ({ sidebar }) => sidebar);
  return useMemo(() => withMoves(rooms, changes), [rooms, changes]);
}

const fail = (error: Error) => toast.error(error.message);

/** What changes the sections of my sidebar. Errors are shown in a toast. */
export function useSectionChanges() {
  // Each press is a change of its own: collapsing a section again is not a retry of the first time.
  const { call, stores } = useParley();
  const sectionsNow = () => stores.rooms.getState().sidebar.sections;
  return {
    update: (sectionId: Section["id"], changes: Omit<Input<"section.update">, "sectionId">) =>
      call("section.update", { sectionId, ...changes }).catch(fail),
    /** Returns a function that moves a section one place up (-1) or down (1) in `order`. Null if it is at that end. */
    step(sectionId: Section["id"], by: -1 | 1, order: readonly Section["id"][]) {
      const at = order.indexOf(sectionId);
      if (order[at + by] === undefined) return null;
      const beforeSectionId = (by < 0 ? order[at - 1] : order[at + 2]) ?? null;
      return () => call("section.update", { sectionId, beforeSectionId }).catch(fail);
    },
    /** Deletes a section of my own. Undo creates it again with the same id, so its rooms are in it again. */
    remove(section: Section) {
      const { id, name, emoji, sort, isCollapsed, isUnreadOnly } = section;
      const before = sectionsNow();
      const nextId = before[before.findIndex((each) => each.id === id) + 1]?.id ?? null;
      const restore = async () => {
        await call("section.create", { id, name: name ?? "", emoji });
        const isThere = sectionsNow().some((each) => each.id === nextId);
        const beforeSectionId = isThere || nextId === null ? { beforeSectionId: nextId } : {};
        await call("section.update", { sectionId: id, sort, isCollapsed, isUnreadOnly, ...beforeSectionId });
      };
      call("section.delete", { sectionId: id }).then(
        () =>
          toast.success(`Deleted ${sectionName(section)}. Its rooms are listed with the others.`, {
            action: { label: "Undo", onClick: () => void restore().catch(fail) },
          }),
        fail,
      );
    },
    /** Puts a room into a section; null takes it out of the one it is in. */
    moveRoom: (roomId: string, sectionId: Section["id"] | null) =>
      call("membership.setSection", { roomId, sectionId }).catch(fail),
  };
}
