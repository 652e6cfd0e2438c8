import type { Fault } from "./fault";
import { clientFaults } from "./faults-client";
import { databaseFaults } from "./faults-database";
import { lockFaults } from "./faults-locks";
import { processFaults } from "./faults-process";

/** All faults. Each lasts for some time and is then mended; several may overlap. */
export const faults: readonly Fault[] = [...processFaults, ...databaseFaults, ...clientFaults, ...lockFaults];
