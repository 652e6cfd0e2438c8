// A test run must not depend on the machine, so it keeps only the environment variables for paths, terminal and network.
const KEEP =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TMPDIR|XDG_\w+|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|LD_LIBRARY_PATH|PLAYWRIGHT_CHROMIUM|PLAYWRIGHT_BROWSERS_PATH|(https?|no|all)_proxy|npm_config_(registry|cache|userconfig|cafile|\w*proxy))$/i;

const SET = {
  TZ: "UTC",
  LANG: "C.UTF-8",
  CI: "true", // makes Vitest not watch, and fail if a snapshot is missing
  NO_COLOR: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  npm_config_include: "dev", // tests need the development dependencies
  npm_config_update_notifier: "false",
  // Separate folders, so that a test run does not change the files of a running Parley.
  NEXT_DIST_DIR: ".next-test",
  PARLEY_SERVER_OUT: "dist-test/server.js",
  DATA_DIR: "dist-test/data",
};

/** Removes the variables that are not in KEEP from `env`, and adds those of SET. `root` is the checkout. */
export function scrub(env, root) {
  for (const name of Object.keys(env)) if (!KEEP.test(name)) delete env[name];
  Object.assign(env, SET, { PATH: `${root}/node_modules/.bin:${env.PATH}` });
}
