/** What Node, Postgres and the operating system go by; the variables of Windows among them. */
const systemNames = new RegExp(
  "^(PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_\\w+|TZ|TMPDIR|TMP|TEMP|NODE_\\w+|UV_\\w+|LD_LIBRARY_PATH|DYLD_\\w+|" +
    "SSL_CERT_\\w+|OPENSSL_CONF|HTTPS?_PROXY|NO_PROXY|NO_COLOR|FORCE_COLOR|" +
    "SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEDRIVE|HOMEPATH)$",
  "i",
);

/** The part of an environment that every process needs. Whatever else is in it may be somebody's secret. */
export function systemEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => systemNames.test(name)));
}
