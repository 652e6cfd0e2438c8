import { hasPeers } from "@/lib/server/bus";

/**
 * How long a room rests, in milliseconds, after its messages were stored or read for its subscribers. With other processes, each
 * batch of messages costs every process a query, so a busy room needs fewer and larger batches.
 */
export const roomPauseMs = (): number => (hasPeers() ? 10 : 0);
