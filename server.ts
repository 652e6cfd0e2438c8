import next from "next";
import { handlers } from "@/lib/domain/index";
import { logs } from "@/lib/domain/logs";
import { sweepCounted } from "@/lib/domain/membership/counted";
import { setupAddress } from "@/lib/domain/organization/setup-address";
import { findPeopleSharingRoom } from "@/lib/domain/person/same-rooms";
import { endPresenceChoices } from "@/lib/domain/presence/end-choices";
import { countRooms } from "@/lib/domain/room/figures";
import { purgeRooms } from "@/lib/domain/room/purge";
import { expireRoomInvites } from "@/lib/domain/room-invite/expire";
import { welcome } from "@/lib/domain/welcome";
import { drainOnSignals } from "@/lib/server/drain";
import { env } from "@/lib/server/env";
import { createHttp, listenOn } from "@/lib/server/http";
import { captureConsole } from "@/lib/server/log";
import { openSockets } from "@/lib/server/socket";
import { announceReady, buildVersion, failToStart } from "@/lib/server/start";

/** One process: Next, Socket.IO and the jobs, on one HTTP server. */
try {
  const { production, port, publicUrl } = env();
  // Otherwise next-auth would take its own address from headers that a client can write.
  process.env.NEXTAUTH_URL = publicUrl.origin;
  if (production) captureConsole();
  const app = next({ dev: !production, hostname: "localhost", port });
  await app.prepare();
  const everySecond = [endPresenceChoices];
  const everyMinute = [expireRoomInvites, () => sweepCounted(), () => purgeRooms()];
  const domain = { handlers, logs, findPeopleSharingRoom, countRooms, everySecond, everyMinute, welcome };
  const { io, upgrade } = openSockets(domain, await buildVersion());
  const http = createHttp(app.getRequestHandler(), upgrade, production ? null : app.getUpgradeHandler());
  drainOnSignals(http, io);
  announceReady(await listenOn(http), await setupAddress());
} catch (error) {
  failToStart(error);
}
