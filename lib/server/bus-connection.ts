/** A connection to all other processes, through Postgres or Redis. `send` rejects while the connection is down. */
export interface BusConnection {
  send(texts: string[]): Promise<void>;
  close(): Promise<void>;
}
export type BusConnect = (options: {
  channel: string;
  /** Called with the messages of all processes, including this one. */
  onMessage: (text: string) => void;
  /** Called whenever the connection has opened. Messages that were sent before may have been missed. */
  onConnect: () => void;
}) => BusConnection;
