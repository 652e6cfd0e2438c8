"use client";
import { useStore } from "zustand";
import { toast } from "@/components/ui/toast";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { Input } from "@/lib/contract/index";
import type { Section } from "@/lib/contract/section";
import { sectionName } from "./section-words";

/** The sections of my sidebar, in their order. */
export function useSections(): Section[] {
  return useStore(useParley().stores.rooms, ({ sidebar }) => sidebar.sections);
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
