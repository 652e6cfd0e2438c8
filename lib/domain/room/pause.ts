import { hasPeers } from "@/lib/server/bus";

/**
 * How long a room pauses, in ms, after its messages were stored or read for its subscribers. If there are other processes, each
 * batch of messages costs every process a query. So a busy room needs fewer and larger batches.
 */
export const roomPauseMs = (): number => (hasPeers() ? 10 : 0);
