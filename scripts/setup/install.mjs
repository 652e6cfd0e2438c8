import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { run } from "./run.mjs";

const FOLDER = "node_modules";
/** npm's list of the installed packages. npm writes it last, so it is missing after an interrupted installation. */
const INSTALLED_LIST = "node_modules/.package-lock.json";

/** Installs the dependencies if they are missing or do not match package-lock.json. */
export async function installDependencies(checkout, log, signal) {
  const { root } = checkout;
  if (isInstalled(root)) return;
  await checkout.requireUnused([FOLDER], "The installed packages don't match package-lock.json");
  log("Installing dependencies (one to three minutes)");
  // npm sets npm_execpath. Without it, npm is found through PATH.
  const npm = process.env.npm_execpath;
  const [command, firstArgs] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  // The build needs the development dependencies, which NODE_ENV=production would leave out.
  await run(command, [...firstArgs, "ci", "--include=dev", "--no-audit", "--no-fund"], {
    cwd: root,
    lockDescriptor: checkout.lockDescriptor,
    signal,
    sentence: "Installing dependencies failed. See above, then run npm start again.",
  });
}

/** Whether packages are installed, even if they don't match package-lock.json. */
export function hasPackages(root) {
  return existsSync(path.join(root, INSTALLED_LIST));
}

function isInstalled(root) {
  const [wantedPackages, installedPackages] = ["package-lock.json", INSTALLED_LIST].map((name) => {
    const file = path.join(root, name);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
  });
  if (!installedPackages) return false;
  return Object.entries(wantedPackages).every(([folder, { version, integrity, optional, devOptional }]) => {
    if (folder === "") return true;
    const found = installedPackages[folder];
    if (!found) return Boolean(optional || devOptional); // npm leaves out packages for other systems
    return found.version === version && found.integrity === integrity;
  });
}
