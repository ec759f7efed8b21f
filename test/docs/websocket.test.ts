import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { projectRoot } from "../../platform/project-root.ts";
import { daysFromNow, startRealtime } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { setClinicClock } from "../support/clinic-clock.ts";
import { eventually } from "../support/eventually.ts";
import { Running } from "../support/running.ts";
import { secret, tokenFor } from "../support/tokens.ts";

const cwd = fileURLToPath(projectRoot);
const text = readFileSync(new URL("docs/websocket.md", projectRoot), "utf8");

/** The program of the guide in a language, with the addresses and the token of a test's clinic. */
function program(language: string, { api, socketUrl }: System, token: string): string {
  const block = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(text)?.[1] ?? "";
  const filled = block
    .replace("http://127.0.0.1:8000", api.address)
    .replace("ws://127.0.0.1:8001/api/v1/ws/queue", socketUrl)
    .replace(/(token = )""/i, `$1"${token}"`);
  expect(filled).to.include(api.address).and.include(socketUrl).and.include(token);
  return filled;
}

/** What the guide tells users of Node 20 to add. */
const importWebSocket = "WebSocket" in globalThis ? "" : 'import { WebSocket } from "ws";\n';

/** Where there is no Python with its library, the Python client cannot be tried. */
const hasPython = spawnSync("python3", ["-c", "import websockets"]).status === 0;

describe("the clients in docs/websocket.md", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret });
    // Where the date is not that of this machine.
    await setClinicClock(clinic.sql, daysFromNow(3));
  });
  after(() => clinic.close());

  const languages: Record<string, (input: string) => Running> = {
    js: (input) => new Running(process.execPath, ["--input-type=module"], { cwd, input: importWebSocket + input }),
    python: (input) => new Running("python3", ["-"], { cwd, input }),
  };

  for (const [language, run] of Object.entries(languages)) {
    it(`in ${language} shows the clinic's today, says why it is cut off, and comes back`, async function () {
      if (language === "python" && !hasPython) return this.skip();
      const token = await tokenFor({ role: "staff" });
      const staff = clinic.restAs(token);
      const today = await staff.today();
      const first = await staff.addDoctor();
      await staff.bookNew(first.id, today);

      const client = run(program(language, clinic, token));
      try {
        await eventually(() => expect(client.output, client.errors).to.include(first.code).and.include(today));
        const second = await staff.addDoctor();
        await staff.bookNew(second.id, today);
        await eventually(() => expect(client.output, client.errors).to.include(second.code));
        expect(client.errors).to.equal("");

        const { port } = clinic.realtime;
        await clinic.realtime.stop();
        await eventually(() => expect(client.errors).to.match(/1012.*next try/s));
        const third = await staff.addDoctor();
        await staff.bookNew(third.id, today);
        clinic.realtime = await startRealtime(clinic.database.url, { AUTH_SECRET: secret, REALTIME_PORT: port });
        await eventually(() => expect(client.output, client.errors).to.include(third.code), 20_000);
      } finally {
        await client.stop();
      }
    });

    it(`in ${language} says what is wrong with its token`, async function () {
      if (language === "python" && !hasPython) return this.skip();
      const client = run(program(language, clinic, "garbage"));

      try {
        await eventually(() => expect(client.errors).to.include("unauthenticated").and.include("1008"));
      } finally {
        await client.stop();
      }
    });
  }
});
