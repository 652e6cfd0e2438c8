import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Answer } from "@/lib/contract/errors";
import { once } from "./once";

// In seconds. Each of our targets is the edge of a bucket: 5 and 15 ms for a delivery, 60 ms for a home, 0.2 s of blocking, 10 s
// to reconnect.
const buckets = [0.001, 0.002, 0.005, 0.015, 0.03, 0.06, 0.125, 0.2, 0.5, 1, 2.5, 10];

/**
 * This process's metrics. Labels take values from fixed lists, such as the operations' names, never from clients: each new value
 * creates a series that is kept for ever. docs/operating.md explains the metrics.
 */
export function metrics() {
  return once("metrics", () => {
    const registry = new Registry();
    const registers = [registry];
    collectDefaultMetrics({ register: registry });

    const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Counter<L>({ name: `parley_${name}_total`, help, labelNames, registers });
    const gauge = (name: string, help: string) => new Gauge({ name: `parley_${name}`, help, registers });

    const all = {
      registry,

      operationSeconds: new Histogram({
        name: "parley_operation_seconds",
        help: "Time from request to answer, of requests that succeeded. For a message: until it is acknowledged.",
        labelNames: ["operation", "door"] as const,
        buckets,
        registers,
      }),
      answers: counter("answers", "Answers to requests, by code; `ok` is success.", ["operation", "door", "code"]),
      responses: counter("http_responses", "HTTP responses, by the first digit of their status.", ["class"]),
      rateLimited: counter("rate_limited", "Requests refused by a rate limit, by the limit's name.", ["limit"]),
      databaseUnavailable: counter("database_unavailable", "Requests that failed because the database did not answer."),

      fanOutSeconds: new Histogram({
        name: "parley_fan_out_seconds",
        help: "Time from the first announcement of a room's change to its frame being written to all its sockets.",
        buckets,
        registers,
      }),
      frames: counter("frames", "Frames built. One frame holds everything that changed in a room since the last one."),
      deliveries: counter("deliveries", "Messages written to sockets: rows of a frame times the sockets that got it."),
      pullFailures: counter("pull_failures", "Pulls of a room that failed. Each is retried after a second."),

      caughtUpRooms: counter("caught_up_rooms", "Rooms sent to clients that catch up, by kind.", ["kind"]),
      caughtUpHomes: counter("caught_up_homes", "Whole homes sent to clients that catch up, by reason.", ["reason"]),
      duplicates: counter(
        "duplicates_refused",
        "Messages sent again that were already stored. They are acknowledged again, not stored again.",
      ),

      connections: counter("socket_connections", "Sockets accepted."),
      connectionCuts: counter(
        "connection_cuts",
        "HTTP connections closed because the client asked too much or read too little.",
        ["why"],
      ),
      cuts: counter("socket_cuts", "Sockets closed after repeated protocol violations."),

      slowReaders: counter("slow_readers", "Sockets closed because too much was waiting for them to read."),

      sockets: gauge("sockets", "Connected sockets."),
      socketQueuePackets: gauge("socket_queue_packets", "Packets waiting to be written, over all sockets."),
      longestQueuePackets: gauge(
        "socket_queue_longest_packets",
        "Packets waiting to be written to the slowest reader.",
      ),
      listenedRooms: gauge("listened_rooms", "Rooms that someone connected here is in."),
      pulls: gauge("pulls", "Rooms being pulled, or waiting for the database."),
      people: gauge("people_present", "People present, active or idle."),
      passwordQueue: gauge("password_queue", "Passwords waiting to be hashed."),
      poolConnections: new Gauge({
        name: "parley_pool_connections",
        help: "Connections to the database: open, idle (included in open), and requests waiting for one.",
        labelNames: ["state"] as const,
        registers,
      }),
      openRequests: gauge("open_requests", "HTTP requests not yet answered, or whose answer has not been read yet."),
      heldBodies: gauge("held_bodies_bytes", "Bytes held in bodies of HTTP requests not yet answered."),
      peers: gauge("peers", "Other processes that serve the same people."),
      draining: gauge("draining", "1 once a stop was requested."),
    };

    // Start at 0. A series that only appears with its first event shows no increase, so an alarm would miss that event.
    for (const kind of ["delta", "limited", "gone"]) all.caughtUpRooms.inc({ kind }, 0);
    for (const reason of ["epoch", "clock"]) all.caughtUpHomes.inc({ reason }, 0);
    for (const status of ["2xx", "3xx", "4xx", "5xx"]) all.responses.inc({ class: status }, 0);
    return all;
  });
}

/** How a request came in. */
export type Door = "socket" | "rest";

/** Counts an answer. `receivedAt` is when the request was received, by `performance.now()`. */
export function countAnswer(operation: string, door: Door, answer: Answer<unknown>, receivedAt: number): void {
  const { answers, operationSeconds } = metrics();
  answers.inc({ operation, door, code: answer.ok ? "ok" : answer.error.code });
  // Refused requests are fast, so they would make the measured times look better.
  if (answer.ok) operationSeconds.observe({ operation, door }, (performance.now() - receivedAt) / 1_000);
}
