import { abuse } from "./abuse.mjs";
import { closedLoops } from "./closed-loop.mjs";
import { comparedWithMessages } from "./compared.mjs";
import { idle, presence, reconnect } from "./connecting.mjs";
import { largeOrganization } from "./large-organization.mjs";
import { page } from "./page.mjs";
import { footprint, home, longRoom } from "./reading.mjs";
import { oneSend, openLoop, overHttp, threeServers } from "./sending.mjs";

/** Every scenario by its name, in the order in which they run. Search and push are not built yet. */
export const scenarios = {
  "1x200": closedLoops(1, 200, [8, 32], { 8: { ejabberd: 8, floor: 0.6 }, 32: { ejabberd: 30, floor: 0.8 } }),
  "50x20": closedLoops(50, 20, [50], { 50: { ejabberd: 5, floor: 0.75 } }),
  "1x1000": closedLoops(1, 1_000, [8], { 8: { floor: 0.85 } }),
  reactions: comparedWithMessages("a reaction", "reactionLoop"),
  replies: comparedWithMessages("a reply", "replyLoop"),
  mentions: comparedWithMessages("a mention", "mentionLoop"),
  "open-loop": openLoop,
  "one-send": oneSend,
  http: overHttp,
  idle,
  footprint,
  reconnect,
  presence,
  "long-room": longRoom,
  home,
  "large-organization": largeOrganization,
  "three-servers": threeServers,
  abuse,
  page,
};
