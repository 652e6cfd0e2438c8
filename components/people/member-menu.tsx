"use client";
import { Ellipsis } from "lucide-react";
import { Fragment } from "react";
import { offered } from "@/components/offers";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { useBlocked } from "@/lib/client/hooks/use-blocked";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Member } from "@/lib/contract/membership";
import type { Room } from "@/lib/contract/room";
import { RoomRole } from "@/lib/contract/room-role";
import type { MembershipSubject } from "@/lib/policy/room";
import { isMe, type MemberOffer, memberOffers, type MemberSituation } from "./member-offers";
import { asksBefore } from "./role-dialog";
import { useAsker } from "./use-asker";
import { useOpenDirect } from "./use-open-direct";

/** An action that the viewer must confirm: removing, banning or blocking a person, or a change of role (see `asksBefore`). */
export type MemberQuestion = { kind: "remove" | "ban" | "block" } | { kind: "role"; role: RoomRole };

type MemberMenuProps = {
  member: Member;
  room: Room;
  membership: MembershipSubject | null;
  onAsk: (question: MemberQuestion) => void;
};

/** A menu of the actions that the viewer may take on a member. Renders nothing if there are none. */
export function MemberMenu({ member, room, membership, onAsk }: MemberMenuProps) {
  const { person, role } = member;
  const asker = useAsker();
  const call = useCall();
  const openDirect = useOpenDirect();
  const isBlocked = useBlocked().ids.has(person.id);
  const situation = { asker, room, membership, member, isBlocked };
  const offers = offered<MemberSituation, MemberOffer>(memberOffers, situation);
  if (offers.length === 0) return null;
  const firstOther = offers.find((offer) => offer.role === undefined && offer.key !== "message");
  const ofBlocking = offers.find(({ key }) => key === "block" || key === "unblock");

  function choose(offer: MemberOffer) {
    if (offer.key === "message") return openDirect(person.id);
    if (offer.key === "remove" || offer.key === "ban" || offer.key === "block") return onAsk({ kind: offer.key });
    if (offer.key === "unblock")
      return void call("block.remove", { personId: person.id }).catch((error: Error) => toast.error(error.message));
    const next = RoomRole.parse(offer.role);
    if (asksBefore({ next, role, isMe: isMe(situation) })) return onAsk({ kind: "role", role: next });
    call("membership.setRole", { roomId: room.id, personId: person.id, role: next }).catch((error: Error) =>
      toast.error(error.message),
    );
  }
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={`Actions for ${person.name}`}
          tooltip={false}
          size="sm"
          className="md:opacity-0 md:group-hover/member:opacity-100 md:focus-visible:opacity-100 md:data-[state=open]:opacity-100"
        >
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {offers.map((offer) => {
        const Icon = offer.icon;
        return (
          <Fragment key={offer.key}>
            {(offer === firstOther || offer === ofBlocking) && offer !== offers[0] && <MenuSeparator />}
            <MenuItem icon={<Icon aria-hidden />} onSelect={() => choose(offer)}>
              {offer.label(situation)}
            </MenuItem>
          </Fragment>
        );
      })}
    </Menu>
  );
}
