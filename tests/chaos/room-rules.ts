// A room's posting policy, archiving and roles at each place of its log, from the notices in it.
import type { Team } from "./world";
import type { Row } from "./truth";

/** The rules that hold for a message at one place of a room's log. */
export interface Rules {
  onlyModeratorsPost: boolean;
  isArchived: boolean;
  /** The roles of those who are more than a member, by person id. */
  roles: ReadonlyMap<string, string>;
}

/** Calls `visit` with each row of a room's log and the rules before it. */
export function walkRules(log: Row[], team: Team, visit: (row: Row, rules: Rules) => void): void {
  const roles = new Map([[team.owner.id, "admin"]]);
  const rules = { onlyModeratorsPost: log[0]?.roomId === team.rooms[0]?.id, isArchived: false, roles };
  for (const row of log) {
    visit(row, rules);
    const { notice } = row;
    if (notice?.type === "archived" || notice?.type === "unarchived") rules.isArchived = notice.type === "archived";
    if (notice?.type === "posting") rules.onlyModeratorsPost = notice.postingPolicy === "moderators";
    // Whoever leaves and comes back is a member.
    const role = notice?.type === "role" ? notice.role : "member";
    for (const personId of notice?.personIds ?? []) {
      if (role === "member" || role === undefined) roles.delete(personId);
      else roles.set(personId, role);
    }
  }
}
