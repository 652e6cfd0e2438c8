import type { Output } from "@/lib/contract/index";
import { type Run, usableTabs } from "./run-state";
import type { Tab } from "./tab";
import type { Truth } from "./truth";
import { recount } from "./unread";

/** Notes a violation if somebody is told of an organization that their account is not in. */
export function checkListed(
  { journal }: Run,
  { name, browser: { person } }: Tab,
  { organizations }: Output<"organization.list">,
): void {
  const own = [person, person.twin].map((each) => each?.organizationId);
  for (const { id, isCurrent } of organizations)
    if (!own.includes(id) || isCurrent !== (id === person.organizationId))
      journal.violation("I15", `${name} was told of the organization ${id}${isCurrent ? " as its own" : ""}.`);
}

/** Checks what an account in both organizations is told about each of them against a recount. Call it after the last change. */
export async function checkOrganizations(run: Run, truth: Truth): Promise<void> {
  for (const tab of usableTabs(run)) {
    const { person } = tab.browser;
    if (!tab.parley || !person.twin || truth.revokedSessions.has(tab.sessionId)) continue;
    const answer = await tab.parley.call("organization.list", {}).catch(() => null);
    if (!answer) {
      run.journal.violation("I10", `${tab.name} can't list its organizations.`);
      continue;
    }
    checkListed(run, tab, answer);
    for (const { id, isSignedIn, isUnread } of answer.organizations) {
      const who = [person, person.twin].find(({ organizationId }) => organizationId === id);
      const heard = truth.members.filter((member) => member.personId === who?.id && !member.isMuted);
      const expected = isSignedIn && heard.some((member) => recount(truth, member).length > 0);
      if (answer.organizations.length > 1 && isUnread !== expected)
        run.journal.violation(
          "I7",
          `${tab.name} is told that ${id} is ${isUnread ? "" : "not "}unread, unlike a recount.`,
        );
    }
  }
}
