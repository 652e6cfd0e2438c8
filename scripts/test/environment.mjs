// A test run is the same on every machine: of the variables it finds, only those that say where things are survive.
const KEEP =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TMPDIR|XDG_\w+|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|LD_LIBRARY_PATH|PLAYWRIGHT_CHROMIUM|PLAYWRIGHT_BROWSERS_PATH|(https?|no|all)_proxy|npm_config_(registry|cache|userconfig|cafile|\w*proxy))$/i;

const SET = {
  TZ: "UTC",
  LANG: "C.UTF-8",
  CI: "true", // vitest: no watching, and a missing snapshot is a failure instead of a new file
  NO_COLOR: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  npm_config_include: "dev", // tests need what a production install leaves out
  npm_config_update_notifier: "false",
  // The run builds into folders of its own, so that it never disturbs a running Parley.
  NEXT_DIST_DIR: ".next-test",
  PARLEY_SERVER_OUT: "dist-test/server.js",
};

/** Makes `env` the same as on any other machine, in place. */
export function scrub(env, root) {
  for (const name of Object.keys(env)) if (!KEEP.test(name)) delete env[name];
  Object.assign(env, SET, { PATH: `${root}/node_modules/.bin:${env.PATH}` });
}
