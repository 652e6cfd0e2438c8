import type { Now } from "@/lib/client/now";
import { distance } from "@/components/settings/distance";
import type { Input } from "@/lib/contract/index";
import type { Invite } from "@/lib/contract/invite";

export type Terms = Required<Pick<Input<"invite.create">, "maxUses" | "expiresInSeconds">>;

/** The terms of a link unless the person chooses others. */
export const defaultTerms: Terms = { maxUses: 10, expiresInSeconds: 604_800 };

/** The options of the two fields. "0" means unlimited. */
export const usesOptions = [
  ...([1, 5, 10, 25, 100] as const).map((count) => ({
    value: String(count),
    label: count === 1 ? "1 person" : `${count} people`,
  })),
  { value: "0", label: "No limit" },
];
export const lifeOptions = [
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "1 day" },
  { value: "604800", label: "7 days" },
  { value: "2592000", label: "30 days" },
  { value: "0", label: "Never" },
];

export function readTerms(maxUses: string, expiresInSeconds: string): Terms {
  return {
    maxUses: (Number(maxUses) || null) as Terms["maxUses"],
    expiresInSeconds: (Number(expiresInSeconds) || null) as Terms["expiresInSeconds"],
  };
}

/** The options that match an invite's terms. */
export function toChosenTerms({ maxUses, expiresAt, createdAt }: Pick<Invite, "maxUses" | "expiresAt" | "createdAt">) {
  const seconds = expiresAt ? (Date.parse(expiresAt) - Date.parse(createdAt)) / 1_000 : 0;
  // The server reads the clock once for each time, so the difference is not exact.
  const life = lifeOptions.find(({ value }) => Math.abs(Number(value) - seconds) < 60);
  return { uses: String(maxUses ?? 0), life: life?.value ?? "0" };
}

/** Such as "10 people, expires in 7 days". */
export function termsInWords({ maxUses, expiresAt }: Pick<Invite, "maxUses" | "expiresAt">, now: Now): string {
  const people = maxUses === null ? "Any number of people" : maxUses === 1 ? "1 person" : `${maxUses} people`;
  return `${people}, ${expiresAt ? `expires ${distance(new Date(expiresAt), now)}` : "never expires"}`;
}
