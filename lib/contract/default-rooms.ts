/**
 * A room that the setup creates. If `group` is true, the room is open to a group of the same name, which is also created. A
 * restricted room without a group is for owners and admins.
 */
export interface DefaultRoom {
  name: string;
  description: string;
  access: "public" | "restricted";
  joinsEveryone: boolean;
  group: boolean;
  /** Whether the room is preselected in the setup. The room that everybody joins is always created. */
  isPreselected: boolean;
}

const roomOfGroup = (name: string, description: string): DefaultRoom => {
  return { name, description, access: "restricted", joinsEveryone: false, group: true, isPreselected: false };
};

/**
 * The rooms offered in the setup, in order. `organization.setup` creates all of them, unless its input lists some. The setup page
 * creates the first one in its first step and the selected others in its second step.
 */
export const defaultRooms: readonly DefaultRoom[] = [
  {
    name: "General",
    description: "For everyone, about anything.",
    access: "public",
    joinsEveryone: true,
    group: false,
    isPreselected: true,
  },
  {
    name: "Admin",
    description: "Running the organization: people, rooms, settings.",
    access: "restricted",
    joinsEveryone: false,
    group: false,
    isPreselected: true,
  },
  roomOfGroup("Developer", "Code, builds and releases."),
  roomOfGroup("Trading", "Markets and positions."),
  roomOfGroup("Security", "Access, alerts and incidents."),
];

/** The rooms that the setup may leave out. */
export const optionalRooms = defaultRooms.filter((room) => !room.joinsEveryone);
