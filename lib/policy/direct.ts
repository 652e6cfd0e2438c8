import { type Asker, type Decision, no, yes } from "./decision";

/** A person with whom the asker would start a direct room. */
export interface DirectSubject {
  name: string;
  /** Whether they can sign in. */
  isActive: boolean;
  /** Whether they are in a channel with the asker. */
  sharesChannel: boolean;
}

/** May the asker start a new direct room with these people? The members of an existing one can always open it. */
export function mayStartDirect(asker: Pick<Asker, "role">, others: readonly DirectSubject[]): Decision {
  const inactive = others.find(({ isActive }) => !isActive);
  if (inactive) return no(`${inactive.name} is deactivated, so you can't start a conversation with them.`);
  const stranger = others.find(({ sharesChannel }) => !sharesChannel);
  if (asker.role === "guest" && stranger)
    return no(
      `Guests can start conversations only with people in the same rooms. Ask someone to add you to a room with ${stranger.name}.`,
    );
  return yes;
}

/** May a person hide this room for good? Only a direct room: a channel can be left instead. */
export function mayHideAlways(room: { kind: "channel" | "direct" }): Decision {
  return room.kind === "direct"
    ? yes
    : no("Only a direct message can be hidden for good. You can leave this room instead.");
}
