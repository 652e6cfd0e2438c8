import type { Fault } from "./fault";
import { clientFaults } from "./faults-client";
import { databaseFaults } from "./faults-database";
import { processFaults } from "./faults-process";

/** Everything that can break. Each is broken for some time and then mended; several may be broken at once. */
export const faults: readonly Fault[] = [...processFaults, ...databaseFaults, ...clientFaults];
