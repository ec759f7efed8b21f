import { readFile, readdir, rm } from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { projectRoot } from "../../platform/project-root.ts";
import { someDay, startApi, startRealtime, socketUrl } from "../support/clinic.ts";
import { startClinicsAtNoon } from "../support/clinic-clock.ts";
import { openSql, startOwnCluster } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { Rest, type Answer } from "../support/rest.ts";
import { printed } from "../support/service.ts";
import { Socket } from "../support/socket.ts";
import { folderWithData } from "../support/start.ts";
import { secret } from "../support/tokens.ts";

const person = { name: "Zephyrine Quillfeather", phone: "+997766554433", email: "zephyrine@quillfeather.example" };
const other = { name: "Thaddeus Brackenwold", phone: "+993344556677", email: "thaddeus@brackenwold.example" };
const passwords = { desk: "kumquat-desk-4711", doctor: "kumquat-doctor-4712", wrong: "kumquat-wrong-4713" };

describe("a whole day of a clinic where people sign in", () => {
  it("prints, shows and tells nobody a name, a number, an address, a password, a token or a code", async function () {
    this.timeout(60_000);
    const secrets = new Set(["Zephyrine", "Quillfeather", "997766554433", "Thaddeus", "Brackenwold", "993344556677"]);
    for (const password of [...Object.values(passwords), secret]) secrets.add(password);
    const keep = <T extends string>(text: T): T => (secrets.add(text), text);
    const errors: Answer[] = [];
    const refused = (answer: Answer): Answer => (errors.push(answer), answer);
    const heardFrom = printed.length;

    // Arrange: a clinic of its own, with accounts that the command line made.
    const folder = await folderWithData();
    const cluster = await startOwnCluster(folder);
    await startClinicsAtNoon(cluster.url);
    const url = new URL(cluster.url);
    const sql = await openSql(cluster.url);
    const settings = { AUTH_SECRET: secret, LOG_LEVEL: "trace", TRUST_PROXY: "loopback" };
    const [api, realtime] = await Promise.all([startApi(url.href, settings), startRealtime(url.href, settings)]);
    const printedBySetup = [await addAccount(url.href, ["desk", "--role", "staff"], passwords.desk)];
    const nobody = new Rest(api.address);
    const signIn = async (name: string, password: string): Promise<Rest> => {
      const { body, headers } = await nobody.post("/api/v1/sessions", { name, password });
      // The cookie of the page bears a token of its own, which lasts longer.
      const cookie = headers.getSetCookie().find((line) => line.startsWith("clinic_queue=")) ?? "";
      keep(/=([^;]+)/.exec(cookie)?.[1] ?? "");
      return new Rest(api.address, { authorization: `Bearer ${keep(body.token as string)}` });
    };
    const desk = await signIn("desk", passwords.desk);
    const doctor = await desk.addDoctor({ name: "Dr. Public", code: "PUB" });
    const account = ["dr.public", "--role", "doctor", "--doctor", "PUB"];
    printedBySetup.push(await addAccount(url.href, account, passwords.doctor));

    // A day: people register, book, come; a screen is paired; everybody watches.
    const today = await desk.today();
    const { id } = await desk.addPatient(person);
    const { id: otherId } = await desk.addPatient(other);
    const key = keep("kumquat-key-4714");
    const mine = await desk.book(id, doctor.id, today, { idempotency_key: key });
    await desk.book(otherId, doctor.id, today);
    await desk.checkIn(mine.id, id);
    const doctors = await signIn("dr.public", passwords.doctor);
    await doctors.post(`/api/v1/doctors/${doctor.id}/availability`, {
      date: someDay,
      is_present: true,
      notes: `${person.name} calls`,
    });
    const link = keep((await desk.post(`/api/v1/patients/${id}/tokens`, {})).body.token as string);
    const self = new Rest(api.address, { authorization: `Bearer ${link}` });
    const asked = (await nobody.post("/api/v1/screens/device_authorization", {})).body;
    const codes = { device: keep(asked.device_code as string), user: keep(asked.user_code as string) };
    const grant = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: codes.device };
    refused(await nobody.post("/api/v1/screens/token", grant));
    const screen = (await desk.post("/api/v1/screens", { user_code: codes.user, name: "Room 1" })).body;
    await sql`update device_authorizations set polled_at = null`;
    const screenToken = keep((await nobody.post("/api/v1/screens/token", grant)).body.access_token as string);
    const exported = (await self.get(`/api/v1/patients/${id}/export`)).body;
    expect(JSON.stringify(exported)).to.include(person.email);

    const deskToken = keep((await desk.post("/api/v1/tokens", {})).body.token as string);
    const sockets: Socket[] = [];
    for (const [token, shown] of [
      [deskToken, true],
      [link, true],
      [screenToken, false],
    ] as const) {
      const socket = await Socket.open(socketUrl(realtime));
      sockets.push(socket);
      socket.send({ action: "authenticate", token });
      await socket.next();
      const queue = JSON.stringify(await socket.subscribe(today));
      expect(queue.includes(person.phone)).to.equal(shown);
      expect(queue.includes(other.phone)).to.equal(token === deskToken);
      socket.send({ action: person.name, date: person.phone });
      socket.send({ action: "subscribe", date: person.phone, view: other.name });
      socket.send(`${person.name} {`);
      for (let i = 0; i < 3; i++) await socket.nextError();
    }

    // Bad input of every kind, with people's data in wrong places.
    const wrong = { name: "desk", password: passwords.wrong };
    const text = { "content-type": "text/plain" };
    const json = { "content-type": "application/json" };
    const phone = encodeURIComponent(person.phone);
    for (const call of [
      () => nobody.post("/api/v1/sessions", wrong),
      () => nobody.post("/api/v1/sessions", { ...wrong, name: "unknown" }),
      () => nobody.post("/api/v1/sessions", { name: 1, password: [passwords.wrong] }),
      () => nobody.get(`/api/v1/patients/search?phone=${phone}`),
      () => nobody.get("/api/v1/doctors", { authorization: `Bearer ${link.slice(0, -4)}AAAA` }),
      () => nobody.get("/api/v1/doctors", { authorization: `Basic ${link}`, cookie: `clinic_queue=${link}` }),
      () => nobody.post("/api/v1/tokens", {}, { cookie: `clinic_queue=${link}`, origin: "http://evil.example" }),
      () => desk.post("/api/v1/patients", { ...person, age: person.name }),
      () => desk.post("/api/v1/patients", { [person.name]: person.phone, email: other.name }),
      () => desk.raw("/api/v1/patients", `{"name": "${person.name}", ${person.phone}`, json),
      () => desk.raw("/api/v1/patients", person.name, text),
      () => desk.raw("/api/v1/patients", person.name, { ...json, "content-encoding": "gzip" }),
      () => desk.raw("/api/v1/patients", `"${person.name.repeat(5_000)}"`, json),
      () => desk.post("/api/v1/appointments", { patient_id: person.name, doctor_id: person.phone, date: other.email }),
      () =>
        desk.post("/api/v1/appointments", {
          patient_id: otherId,
          doctor_id: doctor.id,
          date: today,
          idempotency_key: key,
        }),
      () => desk.post("/api/v1/checkins", { appointment_id: mine.id, patient_id: otherId }),
      () => desk.post("/api/v1/checkins", { appointment_id: mine.id, patient_id: id }),
      () => desk.get(`/api/v1/patients/${encodeURIComponent(person.name)}`),
      () => desk.get(`/api/v1/doctors?date=${phone}`),
      () => desk.get(`/api/v1/audit?from=${phone}&limit=${phone}`),
      () => desk.post("/api/v1/screens", { user_code: "BBBB-BBBB", name: other.name }),
      () => self.get(`/api/v1/patients/${otherId}`),
      () => self.get(`/api/v1/patients/search?phone=${encodeURIComponent(other.phone)}`),
      () => nobody.post("/api/v1/screens/token", { ...grant, grant_type: codes.device }),
      () => nobody.post("/api/v1/screens/token", grant),
    ]) {
      const { status } = refused(await call());
      expect(status).to.be.within(400, 499);
    }

    // What can be seen from beside the processes, while they hold all of it.
    const seen = await seenBeside([api.child.pid ?? 0, realtime.child.pid ?? 0]);
    const activity = await sql`
      select application_name, usename, query from pg_stat_activity where datname = current_database()
    `;
    seen.push(JSON.stringify(activity));

    // A bug: a table that is gone.
    await sql`alter table patients rename column phone to phone_away`;
    const bug = refused(await desk.post("/api/v1/patients", person));
    await sql`alter table patients rename column phone_away to phone`;
    expect(bug.status).to.equal(500);

    // The database goes away in the middle, with calls under way, and comes back.
    await cluster.stop();
    const away = await Promise.all([
      desk.post("/api/v1/patients", person),
      desk.get(`/api/v1/patients/${id}`),
      nobody.post("/api/v1/sessions", wrong),
      nobody.post("/api/v1/screens/token", grant),
      self.get(`/api/v1/patients/${otherId}`),
    ]);
    for (const answer of away) expect(refused(answer).status).to.be.oneOf([404, 503]);
    const again = await startOwnCluster(folder, Number(url.port));
    await eventually(async () => expect((await desk.get(`/api/v1/patients/${id}`)).status).to.equal(200));

    // The end: erased, revoked, signed out, switched off.
    expect((await desk.delete(`/api/v1/patients/${id}`)).status).to.equal(204);
    expect((await desk.delete(`/api/v1/screens/${screen.id as string}`)).status).to.equal(204);
    await doctors.delete("/api/v1/sessions");
    refused(await doctors.get("/api/v1/sessions"));
    refused(await self.get("/api/v1/sessions"));
    const ends = await Promise.all([api.stop(), realtime.stop()]);
    expect(ends).to.deep.equal([0, 0]);
    for (const socket of sockets) await socket.close();
    await sql[Symbol.asyncDispose]();
    await again.stop();
    await rm(folder, { recursive: true });

    const outputs = [...printed.slice(heardFrom), ...printedBySetup].join("");
    expect(outputs)
      .to.match(/"route":"\/api\/v1\/sessions"/)
      .and.to.include("42703");
    for (const text of secrets) {
      expect(outputs.includes(text), `printed ${text}`).to.equal(false);
      expect(seen.join("\n").includes(text), `to be seen beside: ${text}`).to.equal(false);
      for (const { status, body } of errors) {
        expect(JSON.stringify(body).includes(text), `${status} tells ${text}`).to.equal(false);
      }
    }
  });
});

/** What another user of this machine sees of a process: its command line and the names of its threads. */
async function seenBeside(pids: number[]): Promise<string[]> {
  const seen: string[] = [];
  for (const pid of pids) {
    seen.push(await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""));
    for (const thread of await readdir(`/proc/${pid}/task`).catch(() => [])) {
      seen.push(await readFile(`/proc/${pid}/task/${thread}/comm`, "utf8").catch(() => ""));
    }
  }
  return seen;
}

/** Adds an account as an operator does: all that the program printed. */
async function addAccount(databaseUrl: string, args: string[], password: string): Promise<string> {
  const program = fileURLToPath(new URL("dist/access/account-main.js", projectRoot));
  const child = spawn(process.execPath, [program, "add", ...args], {
    env: { PATH: process.env["PATH"], DATABASE_URL: databaseUrl },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => (output += String(chunk)));
  child.stdin.end(`${password}\n`);
  const [code] = (await once(child, "close")) as [number];
  expect(code, output).to.equal(0);
  return output;
}
