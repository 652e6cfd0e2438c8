import { organizationLog } from "@/lib/domain/organization/log";
import { personLog } from "@/lib/domain/person/log";
import { roomLog } from "@/lib/domain/room/log";
import type { Logs } from "@/lib/server/logs";

/** The three kinds of log. */
export const logs: Logs = { room: roomLog, person: personLog, organization: organizationLog };
