/** A room the set-up makes. `group` restricts it to a group of the same name; a restricted room without one is for owners and admins. */
export interface DefaultRoom {
  name: string;
  description: string;
  access: "public" | "restricted";
  joinsEveryone: boolean;
  group: boolean;
  /** Whether the page of the first run has it chosen already. The room everybody joins is always made. */
  chosen: boolean;
}

const ofGroup = (name: string, description: string): DefaultRoom => {
  return { name, description, access: "restricted", joinsEveryone: false, group: true, chosen: false };
};

/**
 * The rooms of the first run, in the order in which its page offers them. `organization.setup` makes them all unless it is
 * told which; the page makes the first alone, and the chosen ones in its second step.
 */
export const defaultRooms: readonly DefaultRoom[] = [
  {
    name: "General",
    description: "For everyone, about anything.",
    access: "public",
    joinsEveryone: true,
    group: false,
    chosen: true,
  },
  {
    name: "Admin",
    description: "Running the organization: people, rooms, settings.",
    access: "restricted",
    joinsEveryone: false,
    group: false,
    chosen: true,
  },
  ofGroup("Developer", "Code, builds and releases."),
  ofGroup("Trading", "Markets and positions."),
  ofGroup("Security", "Access, alerts and incidents."),
];

/** Those that can be left out. */
export const optionalRooms = defaultRooms.filter((room) => !room.joinsEveryone);
