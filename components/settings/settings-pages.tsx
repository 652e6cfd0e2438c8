import {
  Building2,
  DoorOpen,
  Hash,
  MailPlus,
  ScrollText,
  Shapes,
  ShieldCheck,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Offer } from "@/components/offers";
import type { Paths } from "@/lib/contract/paths";
import { type Asker, yes } from "@/lib/policy/decision";
import { mayManageGroups, mayManageInvites, mayManageOrganization, mayReadAudit } from "@/lib/policy/organization";
import { mayAdministerPeople } from "@/lib/policy/person";
import { mayAdministerRooms } from "@/lib/policy/room-settings";

export interface SettingsPageOffer extends Offer<Pick<Asker, "role">> {
  key: Parameters<Paths["setting"]>[0];
  title: string;
  icon: ReactNode;
  /** Whether the page is about the organization. Otherwise it is about the viewer. */
  isOrganization: boolean;
}

const page = (
  key: SettingsPageOffer["key"],
  title: string,
  icon: ReactNode,
  may: SettingsPageOffer["may"],
): SettingsPageOffer => ({ key, title, icon, may, isOrganization: true });

/** All settings pages, in the order of the list on the left. */
export const settingsPages: readonly SettingsPageOffer[] = [
  { key: "account", title: "Account", icon: <UserRound />, may: () => yes, isOrganization: false },
  page("general", "General", <Building2 />, mayManageOrganization),
  page("rooms", "Rooms", <Hash />, mayAdministerRooms),
  page("default-rooms", "Default rooms", <DoorOpen />, mayAdministerRooms),
  page("people", "People", <UsersRound />, mayAdministerPeople),
  page("groups", "Groups", <Shapes />, mayManageGroups),
  page("invites", "Invites", <MailPlus />, mayManageInvites),
  page("security", "Security", <ShieldCheck />, mayManageOrganization),
  page("audit", "Audit log", <ScrollText />, mayReadAudit),
];
