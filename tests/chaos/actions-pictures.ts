import { aPicture } from "../harness/picture";
import { type Action, ask, inTab, press } from "./action";
import { pick } from "./run-state";

/** Actions on the pictures of people and rooms. The server refuses most people to change a room's. */
export const pictureActions: Action[] = [
  {
    name: "give a room a picture or an emoji",
    weight: 2,
    act: inTab((run, tab, [roomDie, die]) => {
      const room = pick(tab.browser.team.rooms, roomDie);
      if (!room || !tab.parley) return;
      const avatar =
        (die ?? 0) < 0.3
          ? ({ type: "picture", picture: aPicture() } as const)
          : ({ type: "emoji", emoji: pick(["🍵", "🚀", "🛠️"], die) ?? "🍵" } as const);
      return ask(run, "room picture", press(tab.parley, "room.setAvatar", { roomId: room.id, avatar }));
    }),
  },
  {
    name: "change one's picture",
    weight: 1,
    act: inTab((run, tab, [die]) => {
      const picture = (die ?? 0) < 0.3 ? null : aPicture();
      return tab.parley && ask(run, "own picture", press(tab.parley, "person.setPicture", { picture }));
    }),
  },
];
