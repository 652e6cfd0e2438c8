import type { Action } from "./action";
import { accessActions } from "./actions-access";
import { administrationActions } from "./actions-administration";
import { blockActions } from "./actions-blocks";
import { draftActions } from "./actions-drafts";
import { directActions } from "./actions-direct";
import { sidebarActions } from "./actions-sidebar";
import { inviteActions } from "./actions-invites";
import { mentionActions } from "./actions-mentions";
import { messageActions } from "./actions-messages";
import { organizationActions } from "./actions-organizations";
import { pageActions } from "./actions-pages";
import { peopleActions } from "./actions-people";
import { pictureActions } from "./actions-pictures";
import { pinActions } from "./actions-pins";
import { profileActions } from "./actions-profile";
import { reactionActions } from "./actions-reactions";
import { roomActions } from "./actions-rooms";
import { threadActions } from "./actions-threads";

export const actions: readonly Action[] = [
  ...messageActions,
  ...mentionActions,
  ...reactionActions,
  ...pinActions,
  ...threadActions,
  ...roomActions,
  ...pageActions,
  ...peopleActions,
  ...accessActions,
  ...inviteActions,
  ...directActions,
  ...sidebarActions,
  ...organizationActions,
  ...blockActions,
  ...draftActions,
  ...pictureActions,
  ...profileActions,
  ...administrationActions,
];
