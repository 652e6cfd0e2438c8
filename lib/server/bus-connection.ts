/** A connection to all other processes. `send` rejects while it is down. */
export interface BusConnection {
  send(texts: string[]): Promise<void>;
  close(): Promise<void>;
}
export type BusConnect = (options: {
  channel: string;
  /** Called with every process's messages, our own included. */
  received: (text: string) => void;
  /** Called when messages begin to arrive; those sent before may have been missed. */
  connected: () => void;
}) => BusConnection;
