import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";

/** The secrets of this installation, { authSecret, postgresPassword }; made on the first run, for the owner's eyes only. */
export function readSecrets(dataDir) {
  const file = path.join(dataDir, "secrets.json");
  const known = existsSync(file) ? parse(file) : {};
  const secrets = { authSecret: newSecret(), postgresPassword: newSecret(), ...known };
  if (Object.keys(secrets).some((name) => !known[name])) {
    write(file, secrets);
  }
  return secrets;
}

/** Takes over the secret that sign-in cookies of another installation were signed with, so that they stay valid. */
export function keepAuthSecret(dataDir, authSecret) {
  write(path.join(dataDir, "secrets.json"), { ...readSecrets(dataDir), authSecret });
}

function write(file, secrets) {
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function parse(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "EACCES") throw new PlainError(`${file} belongs to another user: start Parley as that user.`);
    throw new PlainError(`${file} is damaged: put it back from a backup.`);
  }
}

function newSecret() {
  return randomBytes(32).toString("base64url");
}
