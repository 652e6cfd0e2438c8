"use client";
import { ArrowDown, ArrowUp, BellOff, BookCheck, ListFilter, Pencil, Trash2 } from "lucide-react";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { MenuChoices, MenuItem, MenuGroup, MenuSeparator } from "@/components/ui/menu";
import type { ListedSection } from "@/lib/client/sidebar";
import { isBuiltInSection } from "@/lib/policy/section";
import { sortWords } from "./section-words";
import { useMarkRead } from "./use-mark-read";
import { useMuteAll } from "./use-mute-all";
import { useSectionChanges } from "./use-sections";

const sorts = (["name", "activity"] as const).map((value) => ({ value, label: sortWords[value] }));

type SectionMenuProps = Pick<ListedSection, "section" | "all"> & {
  /** The ids of the sections that are shown, in their order. */
  order: readonly string[];
};

/** What can be done with a section of my sidebar. */
export function SectionMenuItems({ section, all, order }: SectionMenuProps) {
  const { update, step, remove } = useSectionChanges();
  const open = useOpenDialog();
  const markRead = useMarkRead();
  const muteAll = useMuteAll();
  const { id, sort, isUnreadOnly } = section;
  const [up, down] = [step(id, -1, order), step(id, 1, order)];
  const isOwn = !isBuiltInSection(section);
  return (
    <>
      {isOwn && (
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => open({ kind: "section", sectionId: id })}>
          Rename
        </MenuItem>
      )}
      <MenuItem icon={<ListFilter aria-hidden />} onSelect={() => void update(id, { isUnreadOnly: !isUnreadOnly })}>
        {isUnreadOnly ? "Show all rooms" : "Show unread only"}
      </MenuItem>
      {all.some(({ unread }) => unread > 0) && (
        <MenuItem icon={<BookCheck aria-hidden />} onSelect={() => markRead(all)}>
          Mark all as read
        </MenuItem>
      )}
      {all.some(({ membership }) => !membership.isMuted) && (
        <MenuItem icon={<BellOff aria-hidden />} onSelect={() => muteAll(all)}>
          Mute everything in it
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuGroup label="Sort">
        <MenuChoices value={sort} options={sorts} onChange={(next) => void update(id, { sort: next })} />
      </MenuGroup>
      {(up ?? down) && <MenuSeparator />}
      {up && (
        <MenuItem icon={<ArrowUp aria-hidden />} onSelect={() => void up()}>
          Move up
        </MenuItem>
      )}
      {down && (
        <MenuItem icon={<ArrowDown aria-hidden />} onSelect={() => void down()}>
          Move down
        </MenuItem>
      )}
      {isOwn && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden />} onSelect={() => remove(section)}>
            Delete section
          </MenuItem>
        </>
      )}
    </>
  );
}
