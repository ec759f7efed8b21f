import { expect } from "chai";
import { ClinicClient } from "../../../client/clinic-client.ts";
import { findStep } from "../../../web/shared/actions/find-step.ts";
import { ClinicDay, type Visit } from "../../support/clinic-day.ts";
import { System } from "../../support/system.ts";
import { secret, tokenFor } from "../../support/tokens.ts";

describe("finding a step whose answer was lost", function () {
  this.timeout(30_000);
  let system: System;
  let day: ClinicDay;
  let client: ClinicClient;
  let doctor: string;
  before(async () => {
    system = await System.open({ AUTH_SECRET: secret });
    day = await ClinicDay.begin(system);
    client = new ClinicClient({ url: system.api.address, token: await tokenFor({ role: "staff", name: "anna" }) });
    doctor = await day.addDoctor("Dr. Smith", "Room 1");
  });
  after(() => system.close());

  async function act({ id }: Visit, action: "call" | "hold" | "resume"): Promise<void> {
    await client.act(id, action as "hold", { version: await day.version(id) });
  }

  async function find({ id }: Visit, action: string, version: number): Promise<string | undefined> {
    const sought = { appointmentId: id, actions: [action], actor: "anna", version, text: "" };
    return (await findStep(client, sought)).at;
  }

  it("finds it, and whoever took none finds none", async () => {
    const visit = await day.waiting(doctor, "Once");
    const seen = await day.version(visit.id);
    expect(await find(visit, "hold", seen)).to.equal(undefined);

    await act(visit, "hold");

    expect(await find(visit, "hold", seen)).to.be.a("string");
    expect(await find(visit, "hold", seen + 1)).to.equal(undefined);
  });

  it("takes no older step for it, also where the patient answered the call in between", async () => {
    const visit = await day.waiting(doctor, "Often");
    await act(visit, "call");
    await client.act(visit.id, "acknowledge", { answer: "coming", version: await day.version(visit.id) });
    await act(visit, "hold");
    expect(await day.count(visit, "acknowledge")).to.equal(1);

    expect(await find(visit, "hold", await day.version(visit.id))).to.equal(undefined);
    await act(visit, "resume");
    const seen = await day.version(visit.id);
    await act(visit, "hold");

    expect(await find(visit, "hold", seen)).to.be.a("string");
  });
});
