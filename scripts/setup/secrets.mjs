import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PlainError } from "./plain-error.mjs";

/** The minimum length of AUTH_SECRET, as in lib/server/env.ts. */
export const MIN_SECRET_LENGTH = 32;

/** Whether a text can be AUTH_SECRET: one line of MIN_SECRET_LENGTH to 1000 characters. */
export function isSecret(text) {
  return typeof text === "string" && new RegExp(`^[^\\p{Cc}]{${MIN_SECRET_LENGTH},1000}$`, "u").test(text);
}

/**
 * Reads the secrets of this installation: { authSecret, postgresPassword, serverPassword }. Creates missing secrets, in a file
 * that only its owner can read. The caller must hold the data folder's lock: two processes would create different secrets.
 */
export function readSecrets(dataDir) {
  const file = path.join(dataDir, "secrets.json");
  const stored = existsSync(file) ? parse(file) : {};
  const secrets = { authSecret: newSecret(), postgresPassword: newSecret(), serverPassword: newSecret(), ...stored };
  if (Object.keys(secrets).some((name) => !stored[name])) {
    write(file, secrets);
  }
  return secrets;
}

/** Reads the secrets and creates none. For commands that must not change anything. */
export function readExistingSecrets(dataDir) {
  const file = path.join(dataDir, "secrets.json");
  if (existsSync(file)) return parse(file);
  throw new PlainError(`No secrets in ${dataDir}. Check DATA_DIR, or put secrets.json back from a backup.`);
}

/** Stores the AUTH_SECRET from a backup, so that people stay signed in. */
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
    if (error.code === "EACCES") throw new PlainError(`${file} belongs to another user. Start Parley as that user.`);
    throw new PlainError(`${file} is damaged. Put it back from a backup.`);
  }
}

function newSecret() {
  return randomBytes(32).toString("base64url");
}
