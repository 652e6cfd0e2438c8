"use client";
import { useFoundGroups } from "@/components/groups/use-found-groups";
import { foundLimit, FoundPicker, type FoundPickerProps } from "./found-picker";

/** Limits a table to a group. */
export default function GroupFilter(props: FoundPickerProps) {
  return <FoundPicker {...props} kind="group" useFound={useFound} />;
}

function useFound(text: string, isShown: boolean) {
  const { groups, error, isStale } = useFoundGroups({ text, isShown, limit: foundLimit });
  return { found: groups?.map(({ id, name, handle }) => ({ id, name, detail: `@${handle}` })), error, isStale };
}
