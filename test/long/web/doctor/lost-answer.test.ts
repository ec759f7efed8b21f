import { expect } from "chai";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../../support/browser.ts";
import { ProxiedSystem } from "../../../support/proxied-system.ts";
import { clinicId } from "../../../support/default-clinic.ts";
import { secret } from "../../../support/tokens.ts";
import { DoctorScreen } from "../../../web/doctor/doctor-screen.ts";
import { DoctorsDay, type TestDoctor } from "../../../web/doctor/doctors-day.ts";

describe("the Doctor page on a bad network", function () {
  this.timeout(90_000);
  let proxied: ProxiedSystem;
  let browser: Browser;
  let day: DoctorsDay;
  let doctor: TestDoctor;
  let screen: DoctorScreen;
  before(async () => {
    proxied = await ProxiedSystem.open({ AUTH_SECRET: secret });
    day = await DoctorsDay.begin(proxied.system);
    const room = await day.addRoom("3");
    doctor = await day.addDoctor({ name: "Dr. Far", room_id: room.id }, "dr.far");
    browser = await openBrowser();
    await day.arrive(doctor, { name: "First", hour: 9 });
    screen = await DoctorScreen.open(browser, proxied.address, "dr.far");
    await (await screen.primary("Call")).click();
    await (await screen.primary("Start")).click();
    await screen.primary("Done");
  });
  after(async () => {
    await browser.close();
    await proxied.close();
  });

  it("does nothing twice where an answer is lost, and goes on as if nothing was", async () => {
    const next = await day.arrive(doctor, { name: "Second", hour: 10 });
    await screen.second(`Done, call ${next.ticket}`);
    const lost = proxied.rest.loseAnswerTo(/POST \/api\/v1\/doctors\/[^/]+\/queue\/next /);

    await screen.page.keyboard.press("Control+Enter");
    await lost;

    await screen.primary(`Start ${next.ticket}`);
    await screen.last(new RegExp(`called .*${next.ticket}`));
    expect(await day.history(next)).to.deep.equal(["check_in", "call_next"]);
  });

  it("finds out after the connection was gone what became of it, keeps what was typed, and sends nothing meanwhile", async () => {
    await (await screen.primary("Start")).click();
    await screen.primary("Done");
    const next = await day.arrive(doctor, { name: "Third", hour: 11 });
    await screen.second(`Done, call ${next.ticket}`);
    // The live state does not tell it either before the connection is gone.
    proxied.socket.delayMs = 3_000;
    const lost = proxied.rest.loseAnswerTo(/POST \/api\/v1\/doctors\/[^/]+\/queue\/next /, true);

    await screen.page.keyboard.press("Control+Enter");
    await lost;
    proxied.cut();
    await screen.page.getByText("This is the last known state").waitFor();
    await screen.choose("To the desk");
    await screen.page.getByLabel("What should the desk do?").fill("call the lab");
    await day.at(next, "called");
    proxied.socket.delayMs = 0;
    proxied.mend();

    await screen.staff.live();
    await screen.primary(`Start ${next.ticket}`);
    await screen.last(new RegExp(`called .*${next.ticket}`));
    expect(await day.history(next)).to.deep.equal(["check_in", "call_next"]);
  });

  it("says while there is no connection that nothing is sent, and sends it afterwards only when it is pressed again", async () => {
    await (await screen.primary("Start")).click();
    await screen.primary("Done");
    const next = await day.arrive(doctor, { name: "Fourth", hour: 13 });
    await screen.second(`Done, call ${next.ticket}`);
    proxied.cut();
    await screen.page.getByText("This is the last known state").waitFor();

    // It looks as if it did nothing, and says why all the same.
    await (await screen.primary("Done")).click({ force: true });
    await screen.page.locator(".bar").getByText("Nothing is sent.").waitFor();
    proxied.mend();
    await screen.staff.live();
    await day.at(next, "waiting");
    await (await screen.second("Done, call")).click();

    await day.at(next, "called");
  });

  it("asks for the password in place when the session has ended, and keeps the form", async () => {
    await (await screen.primary("Start")).click();
    await screen.primary("Done");
    await screen.choose("To the desk");
    await screen.page.getByLabel("What should the desk do?").fill("send the letter");
    await proxied.system.sql`select revoke_sessions(${clinicId}, id) from accounts where name = 'dr.far'`;

    await screen.page.getByRole("heading", { name: "Sign in" }).waitFor();
    await screen.staff.signIn("dr.far");
    await screen.staff.live();

    const field = screen.page.getByLabel("What should the desk do?");
    await field.waitFor();
    expect(await field.inputValue()).to.equal("send the letter");
    await (await screen.primary("Done, note to the desk")).click();
    await screen.last("you finished");
    expect((await day.tasks()).map(({ text }) => text)).to.include("send the letter");
  });
});
