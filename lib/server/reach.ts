import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { isLoopbackName } from "@/lib/contract/loopback";
import { env } from "./env";

/** How other machines reach this server. */
export interface Reach {
  /** An address that works now, if it is known. */
  address: string | null;
  /**
   * A command that starts the server so that other machines can reach it. Null if they can already, or if no command is known.
   */
  command: string | null;
}

type Interfaces = Partial<Record<string, NetworkInterfaceInfo[]>>;

/** Network interfaces of containers, virtual machines and tunnels, which other machines cannot reach. */
const internalInterface = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|tun|tap|utun|wg|zt)/;
const privateNetwork = /^(192\.168\.|10\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** This machine's IPv4 address in its network. If there are several, a private one is preferred. */
export function networkAddress(interfaces: Interfaces): string | null {
  const found = Object.entries(interfaces)
    .filter(([name]) => !internalInterface.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal, address }) => family === "IPv4" && !internal && !address.startsWith("169.254."))
    .map(({ address }) => address);
  return found.find((address) => privateNetwork.test(address)) ?? found[0] ?? null;
}

type Settings = Pick<ReturnType<typeof env>, "host" | "port" | "publicUrl" | "publicUrlGiven"> & { inImage?: boolean };

/** Whether and how other machines reach a server with these settings. */
export function reach(settings: Settings = env(), interfaces: Interfaces = networkInterfaces()): Reach {
  const { host, port, publicUrl, publicUrlGiven } = settings;
  if (!isLoopbackName(publicUrl.hostname)) return { address: publicUrl.origin, command: null };
  const networkIp = networkAddress(interfaces);
  // A container's interfaces are its own: other machines cannot open their addresses.
  if (networkIp === null || settings.inImage) return { address: null, command: null };
  const address = `http://${networkIp}:${port}`;
  if (isLoopbackName(host)) {
    const portSetting = port === 3000 ? "" : `PORT=${port} `;
    return { address: null, command: `${portSetting}HOST=0.0.0.0 PUBLIC_URL=${address} npm start` };
  }
  // If PUBLIC_URL is a local address although the server listens on the network, the server is behind a proxy or in a container.
  return { address: publicUrlGiven ? null : address, command: null };
}
