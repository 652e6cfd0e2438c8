/**
 * A room that the set-up creates. If `group` is true, it is open to a group of the same name, which is created too. A
 * restricted room without a group is for owners and admins.
 */
export interface DefaultRoom {
  name: string;
  description: string;
  access: "public" | "restricted";
  joinsEveryone: boolean;
  group: boolean;
  /** Whether it is preselected in the set-up. The room that everybody joins is always created. */
  isPreselected: boolean;
}

const roomOfGroup = (name: string, description: string): DefaultRoom => {
  return { name, description, access: "restricted", joinsEveryone: false, group: true, isPreselected: false };
};

/**
 * The rooms offered at set-up, in order. `organization.setup` creates all of them unless its input names some. The set-up
 * page creates the first one in its first step and the selected others in its second.
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

/** The rooms that the set-up may leave out. */
export const optionalRooms = defaultRooms.filter((room) => !room.joinsEveryone);
