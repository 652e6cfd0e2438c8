/** A way to all other processes; `send` rejects when it is not there. */
export interface BusConnection {
  send(texts: string[]): Promise<void>;
  close(): Promise<void>;
}
export type BusConnect = (options: {
  channel: string;
  /** Somebody's message, our own among them. */
  heard: (text: string) => void;
  /** From now on messages come; some may have been missed. */
  connected: () => void;
}) => BusConnection;
