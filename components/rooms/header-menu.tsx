"use client";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { useLaterPanel } from "@/components/ui/later";
import { Menu } from "@/components/ui/menu";
import type { HeaderMenuProps } from "./header-menu-items";

const load = () => import("./header-menu-items");

/** The menu in the header of a room. Its items are fetched when the pointer or the focus first reaches the button. */
export function HeaderMenu(props: HeaderMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const { module: items, fetchAhead } = useLaterPanel(load, isOpen, () => setOpen(false));
  return (
    <Menu
      align="end"
      open={isOpen && items !== undefined}
      onOpenChange={setOpen}
      trigger={
        <IconButton label="More" onPointerEnter={fetchAhead} onFocus={fetchAhead}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {items && (props.item.room.kind === "direct" ? <items.DirectItems {...props} /> : <items.RoomItems {...props} />)}
    </Menu>
  );
}
