import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { nextDay, someDay } from "../support/clinic.ts";
import { countWaiting } from "../support/count-waiting.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { clinicId } from "../support/default-clinic.ts";
import { eventually } from "../support/eventually.ts";

describe("two at once", () => {
  let database: TestDatabase;
  let sql: Sql;
  let doctor: string;
  let patient: string;
  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
    const [{ id }] = await sql<
      [{ id: string }]
    >`insert into doctors (name, code) values ('Dr. Who', 'D1') returning id`;
    doctor = id;
    const [made] = await sql<[{ id: string }]>`
      insert into patients (name, phone) values ('Pat', '1234567890') returning id
    `;
    patient = made.id;
  });
  after(() => database.drop());

  /** Holds what `hold` locks until so many others wait for it, and `look` has looked. @returns what they gave. */
  async function whileHeld<T>(
    hold: (sql: Sql) => PromiseLike<unknown>,
    others: (() => Promise<T>)[],
    look: () => Promise<void> = async () => {},
  ): Promise<T[]> {
    let results: Promise<T[]> = Promise.resolve([]);
    await sql.begin(async (holder) => {
      await hold(holder as unknown as Sql);
      results = Promise.all(others.map((other) => other()));
      await eventually(async () => expect(await countWaiting(sql, "test")).to.equal(others.length));
      await look();
    });
    return results;
  }

  const lock = (date: string) => (on: Sql) => on`select lock_day(${clinicId}, ${date})`;

  it("get the same appointment with one key", async () => {
    const book = async (): Promise<string> => {
      const [row] = await sql<[{ id: string }]>`
        select id from book_appointment(${clinicId}, ${patient}, ${doctor}, ${someDay}, null, 'key')
      `;
      return row.id;
    };

    const [one, two] = await whileHeld(lock(someDay), [book, book]);

    expect(one).to.be.a("string").and.to.equal(two);
  });

  it("wait for the day, and not for one another's section, when a doctor's presence is recorded", async () => {
    await sql`select set_availability(${clinicId}, ${doctor}, ${nextDay}, true, null, null)`;
    let free: object[] = [];

    const record = async () => sql`select set_availability(${clinicId}, ${doctor}, ${nextDay}, false, null, null)`;
    await whileHeld(lock(nextDay), [record], async () => {
      free = await sql`select date from doctor_days where date = ${nextDay} for update skip locked`;
    });

    expect(free).to.have.length(1);
  });

  it("wait for the day, and hold no appointment meanwhile, when somebody is erased who is being checked in", async () => {
    const [{ id: person }] = await sql<[{ id: string }]>`
      insert into patients (name, phone) values ('Eve', '1234567891') returning id
    `;
    const [{ id }] = await sql<[{ id: string }]>`
      select id from book_appointment(${clinicId}, ${person}, ${doctor}, ${someDay}, null, null)
    `;
    let free: object[] = [];

    await whileHeld(lock(someDay), [async () => sql`select erase_patient(${clinicId}, ${person}, null)`], async () => {
      free = await sql`select id from appointments where id = ${id} for update skip locked`;
    });

    expect(free).to.have.length(1);
  });

  it("get different ticket letters when both doctors are new", async () => {
    const add = (on: Sql, code: string) => on<{ ticket_prefix: string }[]>`
      select ticket_prefix from add_doctor(${clinicId}, 'Dr. New', ${code}, null, null, null, null, 'person', false, null)
    `;
    let first: { ticket_prefix: string }[] = [];

    const [second] = await whileHeld(async (on) => (first = await add(on, "N1")), [async () => add(sql, "N2")]);

    expect([first[0]?.ticket_prefix, second?.[0]?.ticket_prefix]).to.deep.equal(["B", "C"]);
  });

  it("are let in by one of two links for the same account", async () => {
    const [account] = await sql<
      [{ id: string }]
    >`insert into accounts (name, role) values ('boss', 'manager') returning id`;
    for (const digest of ["one", "two"]) {
      await sql`
        insert into invitations (clinic_id, token_digest, account_id, expires_at)
        values (${clinicId}, ${digest}, ${account.id}, now() + interval '1 hour')
      `;
    }
    const accept = (digest: string) => async () =>
      sql`
      select id from accept_invitation(${clinicId}, ${digest}, 'hash', 3600, 60, ${sql.json({ via: "rest" })})
    `;

    const sessions = await whileHeld(
      (on) => on`select from accounts where id = ${account.id} for update`,
      [accept("one"), accept("two")],
    );

    expect(sessions.flat()).to.have.length(1);
  });

  it("wait for the booking when its doctor retires, and the other way round", async () => {
    const [{ id: retiring }] = await sql<[{ id: string }]>`
      insert into doctors (name, code) values ('Dr. Old', 'OLD') returning id
    `;
    const book = (on: Sql) => on`
      select from book_appointment(${clinicId}, ${patient}, ${retiring}, ${someDay}, null, null)
    `;
    const retire = (on: Sql) => on`update doctors set retired_at = now() where id = ${retiring}`;

    await whileHeld(book, [async () => retire(sql)]);
    await sql`update doctors set retired_at = null where id = ${retiring}`;
    const tooLate = async () => book(sql).catch((error: unknown) => (error as { code: string }).code);
    const [refusal] = await whileHeld(retire, [tooLate]);

    expect(refusal).to.equal("CQ015");
  });
});
