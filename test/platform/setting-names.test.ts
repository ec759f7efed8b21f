import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { projectRoot } from "../../platform/project-root.ts";
import { describeUnknownSettings, settingNames } from "../../platform/setting-names.ts";
import { eventually } from "../support/eventually.ts";
import { Service } from "../support/service.ts";

/** What is usual: of a shell, npm, CI, containers, Kubernetes (with services that are called like ours), and others. */
const usual = [
  ..."PATH HOME USER LOGNAME SHELL TERM LANG LC_ALL TZ TMPDIR PWD OLDPWD SHLVL _ EDITOR HOSTNAME HOSTTYPE MAIL".split(
    " ",
  ),
  ..."NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_V8_COVERAGE NODE NO_COLOR FORCE_COLOR COLORTERM INIT_CWD".split(
    " ",
  ),
  ..."npm_config_user_agent npm_lifecycle_event npm_package_name npm_execpath npm_node_execpath".split(" "),
  ..."CI GITHUB_ACTIONS GITHUB_TOKEN PORT APP_PORT APP_ENV WEB_PORT API_KEY API_URL API_TOKEN API_HOST".split(" "),
  ..."API_SERVICE_HOST API_SERVICE_PORT API_PORT_8000_TCP REALTIME_SERVICE_PORT KUBERNETES_PORT".split(" "),
  ..."DATABASE_HOST DATABASE_NAME DATABASE_USER DATABASE_PASSWORD DB_URL PGHOST PGPASSWORD POSTGRES_PASSWORD".split(
    " ",
  ),
  ..."AUTH_TOKEN AUTH_URL PUBLIC_URL LOG_DIR LOG_FORMAT XDG_DATA_DIRS HTTP_PROXY HTTPS_PROXY MAX_OLD_SPACE".split(" "),
  ..."AWS_SECRET_ACCESS_KEY COMPOSE_PROJECT_NAME CLINIC_QUEUE_TEST_CLUSTER CHROMIUM_PATH".split(" "),
];

describe("a setting that is none", () => {
  const misspelt = {
    DAILY_CAPCITY: "DAILY_CAPACITY",
    DAILY_CAPACTIY: "DAILY_CAPACITY",
    daily_capacity: "DAILY_CAPACITY",
    CLINIC_TIME_ZONE: "CLINIC_TIMEZONE",
    DATABASE_URI: "DATABASE_URL",
    API_PROT: "API_PORT",
    MAX_CONECTIONS: "MAX_CONNECTIONS",
    ALLOWED_ORIGIN: "ALLOWED_ORIGINS",
    AUTHSECRET: "AUTH_SECRET",
    TRUSTED_PROXY: "TRUST_PROXY",
  };
  for (const [name, meant] of Object.entries(misspelt)) {
    it(`is found where ${name} was meant to be ${meant}`, () => {
      expect(describeUnknownSettings([name])).to.deep.equal([
        `${name} is no setting and has no effect: is it meant to be ${meant}?`,
      ]);
    });
  }

  it("is found by the kind of its name, where it is near none", () => {
    for (const name of ["CLINIC_NAME", "MAX_LOGINS_PER_SECOND", "AUTH_JWKS_TTL"]) {
      expect(describeUnknownSettings([name]), name).to.deep.equal([
        `${name} is no setting and has no effect: .env.example lists all`,
      ]);
    }
  });

  it("is not found in settings that are, nor in what is usual", () => {
    expect(describeUnknownSettings([...settingNames, ...usual])).to.deep.equal([]);
  });

  it("is told by a process at its start, which goes on", async () => {
    const service = new Service("api/main", {
      DAILY_CAPCITY: 12,
      API_PORT: 0,
      DATABASE_URL: "postgres://a:b@127.0.0.1:1/c",
    });
    await eventually(() => expect(service.output).to.include('"listening"'));
    await service.stop();

    expect(service.output).to.match(
      /^DAILY_CAPCITY is no setting and has no effect: is it meant to be DAILY_CAPACITY\?\n/,
    );
  });
});

describe(".env.example", () => {
  it("lists every setting, and nothing else", async () => {
    const example = await readFile(new URL(".env.example", projectRoot), "utf8");
    const listed = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);

    expect(listed).to.have.members([...settingNames]);
  });
});
