import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { isLoopbackName } from "@/lib/contract/loopback";
import { env } from "./env";

/** How other machines come to this server, as far as it can tell: where they find it now, or what to start it with so that they do. */
export interface Reach {
  address: string | null;
  command: string | null;
}

type Interfaces = Partial<Record<string, NetworkInterfaceInfo[]>>;

/** Networks that live inside this machine: containers, virtual machines, tunnels. */
const inside = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|tun|tap|utun|wg|zt)/;
const ofAHouse = /^(192\.168\.|10\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** The address of this machine in its network: of several, that of a house or an office. */
export function networkAddress(interfaces: Interfaces): string | null {
  const found = Object.entries(interfaces)
    .filter(([name]) => !inside.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal, address }) => family === "IPv4" && !internal && !address.startsWith("169.254."))
    .map(({ address }) => address);
  return found.find((address) => ofAHouse.test(address)) ?? found[0] ?? null;
}

type Settings = Pick<ReturnType<typeof env>, "host" | "port" | "publicUrl" | "publicUrlGiven"> & { inImage?: boolean };

/** What follows from the settings. Nothing, when they name an address that others can open: then that is the address. */
export function reach(settings: Settings = env(), interfaces: Interfaces = networkInterfaces()): Reach {
  const { host, port, publicUrl, publicUrlGiven } = settings;
  if (!isLoopbackName(publicUrl.hostname)) return { address: publicUrl.origin, command: null };
  const own = networkAddress(interfaces);
  // In an image the interfaces are its own, and nobody else can open their addresses.
  if (own === null || settings.inImage) return { address: null, command: null };
  const address = `http://${own}:${port}`;
  if (isLoopbackName(host)) {
    const where = port === 3000 ? "" : `PORT=${port} `;
    return { address: null, command: `${where}HOST=0.0.0.0 PUBLIC_URL=${address} npm start` };
  }
  // It listens for others but was told an address that is only its own: behind a proxy, or in a container.
  return { address: publicUrlGiven ? null : address, command: null };
}
