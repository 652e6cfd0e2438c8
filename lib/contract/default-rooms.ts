/** A room the set-up makes. `group` restricts it to a group of the same name; a restricted room without one is for owners and admins. */
export interface DefaultRoom {
  name: string;
  description: string;
  access: "public" | "restricted";
  joinsEveryone: boolean;
  group: boolean;
}

const ofGroup = (name: string): DefaultRoom => {
  const description = `For the people of the ${name} group.`;
  return { name, description, access: "restricted", joinsEveryone: false, group: true };
};

/** What the first run makes to start talking in, and shows beforehand. */
export const defaultRooms: readonly DefaultRoom[] = [
  {
    name: "General",
    description: "For everybody, about everything.",
    access: "public",
    joinsEveryone: true,
    group: false,
  },
  ofGroup("Developer"),
  ofGroup("Trading"),
  ofGroup("Security"),
  { name: "Admin", description: "For owners and admins.", access: "restricted", joinsEveryone: false, group: false },
];
