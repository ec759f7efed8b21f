import { expect } from "chai";
import { runner } from "node-pg-migrate";
import { migrate, migrationsFolder } from "../../db/migrate.ts";
import { createDatabase } from "../support/database.ts";
import { someDay } from "../support/clinic.ts";

describe("an upgrade", () => {
  it("gives the appointments and doctors of an older version tickets, in the order of booking", async () => {
    const { url, sql, drop } = await createDatabase({ empty: true });
    const older = { databaseUrl: url, dir: migrationsFolder, migrationsTable: "migrations", log: () => {}, count: 2 };
    await runner({ ...older, direction: "up" });
    await sql`insert into doctors (name, code, created_at) select 'Dr. ' || n, n, now() + n * interval '1 s' from generate_series(1, 30) n`;
    await sql`insert into patients (name, phone) values ('Pat', '1234567890')`;
    for (let n = 0; n < 3; n++) {
      await sql`
        select book_appointment(patients.id, doctors.id, ${someDay}, null, null)
        from patients, doctors where code in ('1', '30')
      `;
    }
    await sql`update appointments set status = 'cancelled' where slot = 2`;

    const run = await migrate(url);

    expect(run[0]).to.equal("0003_access_tables");
    const tickets = await sql<{ ticket: string }[]>`
      select ticket from appointments join doctors on doctors.id = doctor_id order by doctors.created_at, appointments.created_at
    `;
    expect(tickets.map(({ ticket }) => ticket)).to.deep.equal(["A1", "A2", "A3", "AD1", "AD2", "AD3"]);
    const [next] = await sql<{ ticket: string }[]>`
      select (book_appointment(patients.id, doctors.id, ${someDay}, null, null)).ticket from patients, doctors where code = '30'
    `;
    expect(next?.ticket).to.equal("AD4");
    await drop();
  });
});
