import { Hash, Lock, UsersRound } from "lucide-react";
import { type DefaultRoom, defaultRooms } from "@/lib/contract/default-rooms";

function look({ name, group, joinsEveryone }: DefaultRoom) {
  if (joinsEveryone) return { hint: "Everyone joins by itself", Icon: Hash };
  return group ? { hint: `Group: ${name}`, Icon: UsersRound } : { hint: "Owners and admins", Icon: Lock };
}

/** What the first run makes to start talking in. */
export function FirstRooms() {
  return (
    <ul className="grid gap-x-8 gap-y-2 md:grid-cols-2">
      {defaultRooms
        .map((room) => ({ name: room.name, ...look(room) }))
        .map(({ name, hint, Icon }) => (
          <li key={name} className="flex min-h-10 items-center gap-3">
            <span
              aria-hidden
              className="grid size-9 flex-none place-items-center rounded-toolbar bg-hover text-ink-soft [&_svg]:size-4"
            >
              <Icon />
            </span>
            <span className="min-w-0 text-ui font-medium">
              {name}
              <span className="block text-sm font-normal leading-[1.4] text-ink-faint">{hint}</span>
            </span>
          </li>
        ))}
    </ul>
  );
}
