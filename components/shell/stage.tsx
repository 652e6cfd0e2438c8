"use client";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { retrying } from "@/components/ui/on-demand";
import { RoomScreen } from "@/components/rooms/room-screen";
import { HomeScreen } from "./home-screen";
import { rememberRoom } from "./last-room";
import { MissingPanel, MissingScreen } from "./missing";
import { useMe } from "@/lib/client/hooks/use-me";
import { usePlace } from "./place";

const AskScreen = dynamic(retrying(() => import("@/components/join-requests/ask-screen"), MissingScreen));
const BrowseScreen = dynamic(retrying(() => import("@/components/rooms/browse-screen"), MissingScreen));
const DraftsScreen = dynamic(retrying(() => import("@/components/drafts/drafts-screen"), MissingScreen));
const DirectoryScreen = dynamic(retrying(() => import("@/components/people/directory-screen"), MissingScreen));
const ProfilePanel = dynamic(
  retrying(() => import("@/components/profile/profile-panel"), MissingPanel),
  { ssr: false },
);
const MessageScreen = dynamic(retrying(() => import("@/components/messages/message-screen"), MissingScreen));
const NewMessageScreen = dynamic(retrying(() => import("@/components/people/new-message-screen"), MissingScreen));
const ThreadsScreen = dynamic(retrying(() => import("@/components/threads/threads-screen"), MissingScreen));
const InvitesScreen = dynamic(retrying(() => import("@/components/room-invites/invites-screen"), MissingScreen));

/**
 * Shows the screen for the current address. Every page of the chat renders this component. So opening another room changes only
 * the address, without a request to the server.
 */
export function Stage() {
  const place = usePlace();
  const { me } = useMe();
  useEffect(() => {
    if (place.roomId) rememberRoom(me.id, place.roomId);
  }, [me.id, place.roomId]);
  if (place.at === "room" || place.at === "people")
    return (
      <>
        {place.at === "room" ? (
          <RoomScreen roomId={place.roomId} panel={place.panel} threadId={place.threadId} />
        ) : (
          <DirectoryScreen />
        )}
        {place.profileId && (
          <ProfilePanel key={`${place.profileId} ${place.roomId}`} personId={place.profileId} roomId={place.roomId} />
        )}
      </>
    );
  if (place.at === "ask") return <AskScreen key={place.token} token={place.token} />;
  if (place.at === "message") return <MessageScreen key={place.messageId} messageId={place.messageId} />;
  if (place.at === "drafts") return <DraftsScreen />;
  if (place.at === "threads") return <ThreadsScreen open={place.open} />;
  if (place.at === "invites") return <InvitesScreen />;
  if (place.at === "newMessage") return <NewMessageScreen />;
  return place.at === "browse" ? <BrowseScreen /> : <HomeScreen />;
}
