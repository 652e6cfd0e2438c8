import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startProgram } from "./program.mjs";

const SITE = join(import.meta.dirname, "../../docs/deploy/nginx.conf");

/** Starts nginx as the proxy of servers on these ports, with the documented configuration. Resolves to { url, stop() }. */
export async function startNginx(ports) {
  const nginx = await startProgram("nginx", ({ port, folder }) => {
    const file = join(folder, "nginx.conf");
    writeFileSync(file, withMainConfig(siteFor(readFileSync(SITE, "utf8"), port, ports)));
    return ["-p", folder, "-c", file, "-e", "stderr"];
  });
  return { ...nginx, url: `http://127.0.0.1:${nginx.port}` };
}

/** The documented site with the tests' ports, and without TLS, because the tests have no certificate. */
function siteFor(text, port, ports) {
  let servers = 0;
  const lines = text.split("\n").flatMap((line) => {
    if (/^\s*ssl_/.test(line)) return [];
    if (/^\s*listen 443/.test(line)) return `  listen 127.0.0.1:${port};`;
    if (!/^\s*server 127\.0\.0\.1:\d+/.test(line)) return line;
    return servers < ports.length ? line.replace(/:\d+/, `:${ports[servers++]}`) : [];
  });
  if (servers !== ports.length)
    throw new Error(`docs/deploy/nginx.conf names ${servers} servers, not ${ports.length}.`);
  return lines.join("\n");
}

/** Adds the configuration that a distribution has around its sites. nginx then writes only to the test's folder. */
function withMainConfig(site) {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${name};`);
  return `daemon off;
worker_processes 1;
pid nginx.pid;
${process.getuid?.() === 0 ? "user root;" : ""}
events { worker_connections 4096; }
http {
access_log off;
error_log stderr error;
${temporary.join("\n")}
${site}
}
`;
}
