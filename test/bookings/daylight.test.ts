import { expect } from "chai";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { setClinicClock } from "../support/clinic-clock.ts";
import { staff } from "../queue/queue-clinic.ts";

const minuteMs = 60_000;

/** The dates around which clocks are put forward and back, at two or at midnight, by an hour or by half of one, or never. */
const zones: Record<string, string[]> = {
  "America/New_York": ["2027-03-14", "2027-11-07"],
  "Europe/Lisbon": ["2027-03-28", "2027-10-31"],
  "Asia/Kathmandu": ["2027-03-28", "2027-10-31"],
  "Australia/Lord_Howe": ["2027-04-04", "2027-10-03"],
  "America/Havana": ["2027-03-14", "2027-11-07"],
  "Atlantic/Azores": ["2027-03-28", "2027-10-31"],
};

interface Block {
  /** Minutes after the midnight that the date begins with. */
  from: number;
  until: number;
  slotMinutes: number;
}

describe("slots over a change of the clocks", function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let count = 0;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database.drop());

  const wall = (minutes: number): string =>
    `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

  /** A doctor who works in these blocks on every day, at a clinic of its own in a zone. */
  async function open(
    timezone: string,
    blocks: Block[],
    dayStartsAt = "00:00",
  ): Promise<{ clinic: string; doctor: string }> {
    const { sql } = database;
    const code = `zone${(count += 1)}`;
    const [{ id: clinic }] = await sql<[{ id: string }]>`
      insert into clinics (code, name, timezone, day_starts_at) values (${code}, ${code}, ${timezone}, ${dayStartsAt})
      returning id
    `;
    await setClinicClock(sql, "2027-01-01T12:00:00Z", clinic);
    const [{ id: doctor }] = await sql<[{ id: string }]>`
      insert into doctors (clinic_id, name, code) values (${clinic}, 'Dr. Night', 'N') returning id
    `;
    const sessions = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
      blocks.map(({ from, until, slotMinutes }) => {
        const ends_at = until === 1_440 ? "24:00" : wall(until);
        return { weekday, starts_at: wall(from), ends_at, slot_minutes: slotMinutes };
      }),
    );
    await sql`select set_schedule(${clinic}, ${doctor}, ${sql.json(sessions)}, ${sql.json(staff)})`;
    return { clinic, doctor };
  }

  const startsOf = async ({ clinic, doctor }: { clinic: string; doctor: string }, date: string): Promise<string[]> => {
    const rows = await database.sql<{ starts_at: Date }[]>`
      select starts_at from doctor_slots(${clinic}, ${doctor}, ${date}, ${date}, clinic_now(${clinic}))
    `;
    return rows.map(({ starts_at }) => starts_at.toISOString());
  };

  const workdays: [string, Block[], string][] = [
    ["all day", [{ from: 0, until: 1_440, slotMinutes: 30 }], "00:00"],
    ["in slots that the change cuts", [{ from: 25, until: 1_440, slotMinutes: 50 }], "00:00"],
    [
      "in sessions that follow one another",
      [
        { from: 90, until: 150, slotMinutes: 60 },
        { from: 180, until: 400, slotMinutes: 10 },
      ],
      "00:00",
    ],
    ["through the night", [{ from: 1_320, until: 1_800, slotMinutes: 45 }], "06:00"],
  ];
  for (const [zone, changes] of Object.entries(zones)) {
    it(`are those of the clock on the wall in ${zone}, each time once`, async () => {
      for (const [name, blocks, dayStartsAt] of workdays) {
        const one = await open(zone, blocks, dayStartsAt);
        for (const change of changes) {
          for (const days of [-1, 0, 1]) {
            const date = dateAfter(change, days);
            expect(await startsOf(one, date), `${name} on ${date}`).to.deep.equal(expectedStarts(zone, date, blocks));
          }
        }
      }
    });

    it(`can be booked in ${zone}, each for its date`, async () => {
      const { sql } = database;
      const [change = ""] = changes;
      const one = await open(zone, [{ from: 1_320, until: 1_800, slotMinutes: 45 }], "06:00");
      const date = dateAfter(change, -1);
      const starts = await startsOf(one, date);
      await sql`update clinics set daily_capacity = 100 where id = ${one.clinic}`;

      for (const start of starts) {
        const [booked] = await sql<{ date: string; starts_at: Date }[]>`
          with patient as (insert into patients (clinic_id, name) values (${one.clinic}, 'P') returning id)
          select id from patient
        `.then(
          ([patient]) => sql<{ date: string; starts_at: Date }[]>`
            select date, starts_at from book_appointment(
              ${one.clinic}, ${(patient as unknown as { id: string }).id}, ${one.doctor}, null, null, null, ${sql.json(staff)},
              at_start => ${start}
            )
          `,
        );
        expect([booked?.date, booked?.starts_at.toISOString()]).to.deep.equal([date, start]);
      }
      const [{ free }] = await sql<[{ free: number }]>`
        select count(*)::int as free
        from doctor_slots(${one.clinic}, ${one.doctor}, ${date}, ${date}, clinic_now(${one.clinic})) where status = 'free'
      `;
      expect([starts.length > 5, free]).to.deep.equal([true, 0]);
    });
  }

  it("go on over the end of a year and a leap day", async () => {
    const zone = "Europe/Lisbon";
    const blocks = [{ from: 1_320, until: 1_800, slotMinutes: 60 }];
    const one = await open(zone, blocks, "06:00");

    for (const date of ["2027-12-31", "2028-01-01", "2028-02-28", "2028-02-29", "2028-03-01"]) {
      expect(await startsOf(one, date), date).to.deep.equal(expectedStarts(zone, date, blocks));
    }
    const rows = await database.sql<{ date: string }[]>`
      select distinct date from doctor_slots(${one.clinic}, ${one.doctor}, '2028-02-27', '2028-03-02', now()) order by 1
    `;
    expect(rows.map(({ date }) => date)).to.deep.equal([
      "2028-02-27",
      "2028-02-28",
      "2028-02-29",
      "2028-03-01",
      "2028-03-02",
    ]);
  });
});

function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * When the slots of a date begin, by the clocks of this process: at the first moment at which the wall shows their time, if it ever
 * does, and not before the slot before has ended.
 */
function expectedStarts(zone: string, date: string, blocks: Block[]): string[] {
  const firsts = firstMoments(zone, date);
  const starts: string[] = [];
  let previousEnd = 0;
  for (const { from, until, slotMinutes } of blocks) {
    for (let minute = from; minute + slotMinutes <= until; minute += slotMinutes) {
      const shown = new Date(Date.parse(`${date}T00:00:00Z`) + minute * minuteMs).toISOString().slice(0, 16);
      const start = firsts.get(shown);
      if (start === undefined || start < previousEnd) continue;
      starts.push(new Date(start).toISOString());
      previousEnd = start + slotMinutes * minuteMs;
    }
  }
  return starts;
}

/** The first moment at which clocks in a zone show each minute of a date, and of the dates beside it. */
function firstMoments(zone: string, date: string): Map<string, number> {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const moments = new Map<string, number>();
  const midnight = Date.parse(`${date}T00:00:00Z`);
  for (let minute = -16 * 60; minute < 48 * 60; minute += 5) {
    const moment = midnight + minute * minuteMs;
    const shown = format.format(moment).replace(" ", "T");
    if (!moments.has(shown)) moments.set(shown, moment);
  }
  return moments;
}
