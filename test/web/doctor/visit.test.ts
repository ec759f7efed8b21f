import { expect } from "chai";
import type { Browser } from "playwright-core";
import { findBarriers } from "../../support/axe.ts";
import { openBrowser } from "../../support/browser.ts";
import { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/eventually.ts";
import { sizes } from "../../support/staff-page.ts";
import { DoctorScreen } from "./doctor-screen.ts";
import { DoctorsDay, type TestDoctor } from "./doctors-day.ts";

describe("the Doctor page", function () {
  this.timeout(60_000);
  let clinic: Clinic;
  let browser: Browser;
  let day: DoctorsDay;
  let rooms: Record<"1" | "2" | "3", { id: string; name: string }>;
  let lab: TestDoctor;
  let screens: DoctorScreen[];
  let count = 0;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    day = await DoctorsDay.begin(clinic);
    rooms = { 1: await day.addRoom("1"), 2: await day.addRoom("2"), 3: await day.addRoom("3") };
    lab = await day.addDoctor({ name: "Blood tests", kind: "service" });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await clinic.close();
  });
  beforeEach(() => {
    screens = [];
  });
  afterEach(async () => {
    for (const screen of screens) {
      expect(screen.staff.complaints.filter((text) => !text.includes("the server responded with"))).to.deep.equal([]);
      await screen.leave();
    }
  });

  /** A doctor of this test's own, with a page, in a room of their own unless another is named. */
  async function begin(options = {}, roomId?: string): Promise<[TestDoctor, () => Promise<DoctorScreen>]> {
    const account = `dr.${++count}`;
    const room_id = roomId ?? (await day.addRoom(`R${count}`)).id;
    const doctor = await day.addDoctor({ name: `Dr. ${count}`, room_id }, account);
    return [doctor, () => open(account, options)];
  }
  async function open(account: string, options = {}): Promise<DoctorScreen> {
    const screen = await DoctorScreen.open(browser, clinic.address, account, options);
    screens.push(screen);
    return screen;
  }

  it("takes a whole visit by keyboard alone: call, start, done and call next, undo", async () => {
    const [doctor, openPage] = await begin();
    const needs = { interpreter: true, language: "es", fetch: true };
    const cajal = await day.arrive(doctor, { name: "Ramón y Cajal", hour: 9, note: "has X-ray", patient: { needs } });
    const tanaka = await day.arrive(doctor, { name: "Yuki Tanaka", hour: 10, note: "has letter", reason: "Rash" });
    await day.arrive(doctor, { name: "ramon y cajal", hour: 11 });
    const screen = await openPage();
    const { staff, patient } = screen;

    await screen.primary(`Call`);
    expect(await screen.focused()).to.include("primary");
    const before = await patient.innerText();
    for (const text of ["Ramón y Cajal", "born 4 May 1974", "booked 09:00", "has X-ray", "fetch in person", "Spanish"])
      expect(before).to.include(text);
    expect(before).to.match(/has this name, too/);
    await staff.press("Enter");
    await day.at(cajal, "called", `R${count}`);
    await screen.primary("Start");
    expect(await screen.page.locator(".patient:not(.large)").innerText())
      .to.include("has letter")
      .and.include("Reason: Rash");
    await staff.press("Enter");
    await day.at(cajal, "in_consultation");
    await screen.primary("Done");
    await screen.second("Done, call");
    await staff.press("Control+Enter");
    await day.at(cajal, "served");
    await day.at(tanaka, "called");
    await screen.last(/you finished .* and called/);
    expect(staff.takeInteractions()).to.equal(3);
    await screen.primary("Start");
    expect(await screen.focused()).to.include("primary");

    await staff.press("Control+z");

    await day.at(cajal, "in_consultation");
    await day.at(tanaka, "waiting");
    await screen.last("Undone");
    await screen.primary("Done");
  });

  it("does not take a press that was meant for what the button said before", async () => {
    const [doctor, openPage] = await begin();
    const ada = await day.arrive(doctor, "Ada");
    const screen = await openPage();
    await screen.primary("Call");

    // As a hand does that presses twice, and as a key does that is held.
    await screen.page.locator(".bar .primary").evaluate((button: { click: () => void }) => button.click());
    await screen.page.locator('.bar[data-primary="start"] .primary[data-settled="false"]').click();
    await screen.primary("Start");

    await day.at(ada, "called");
    expect(await day.history(ada)).to.deep.equal(["check_in", "call_next"]);
  });

  it("takes a visit by thumb on a phone, with what the desk is to do after it", async () => {
    const [doctor, openPage] = await begin({ viewport: sizes.phone, hasTouch: true, isMobile: true });
    const ada = await day.arrive(doctor, { name: "Ada", hour: 9 });
    const bob = await day.arrive(doctor, { name: "Bob", hour: 10 });
    const cleo = await day.arrive(doctor, { name: "Cleo", hour: 11 });
    const screen = await openPage();
    const box = await (await screen.primary("Call")).boundingBox();
    expect(box?.height).to.be.at.least(64);
    expect((box?.y ?? 0) + (box?.height ?? 0)).to.be.within(sizes.phone.height - 30, sizes.phone.height);

    await (await screen.primary("Call")).tap();
    await day.at(ada, "called");
    await (await screen.second("Did not come, call")).tap();
    await day.at(ada, "skipped");
    await day.at(bob, "called");
    const moved = await (await screen.primary("Start")).boundingBox();
    expect(moved?.y).to.be.closeTo(box?.y ?? 0, 1);
    await (await screen.primary("Start")).tap();
    await screen.page.getByRole("radio", { name: "Back in…" }).tap();
    await screen.page.getByRole("radio", { name: "2 weeks" }).tap();
    await (await screen.second("The same, then call")).tap();

    await day.at(bob, "served");
    await day.at(cleo, "called");
    expect(await day.tasks()).to.deep.include({
      ...(await day.tasks())[0],
      kind: "follow_up",
      text: "Back in 2 weeks",
    });
    const scrolls = await screen.page.evaluate("document.documentElement.scrollWidth > innerWidth");
    expect(scrolls).to.equal(false);
  });

  it("sends a patient to a service and back, where two rooms call from one queue", async () => {
    const [doctor, openPage] = await begin();
    const ada = await day.arrive(doctor, { name: "Ada", hour: 9 });
    const bob = await day.arrive(lab, "Bob");
    const screen = await openPage();
    await (await screen.primary("Call")).click();
    await (await screen.primary("Start")).click();
    await screen.primary("Done");
    await screen.choose("Blood tests and back");
    await screen.page.getByLabel("Why (they see it)").fill("fasting");
    await (await screen.primary("Done, to Blood tests and back")).click();
    await day.at(ada, "waiting");
    await screen.page.getByText("Nobody is booked with you or waits for you.").waitFor();

    const nurses = [];
    for (const [room, name] of [
      ["N1", "nurse.one"],
      ["N2", "nurse.two"],
    ] as const) {
      await day.addStaff(name);
      await day.addRoom(room);
      const nurse = await open(name);
      await nurse.page.getByLabel("Blood tests").check();
      await nurse.page.getByLabel("Room").selectOption({ label: room });
      await nurse.page.getByRole("button", { name: "Begin" }).click();
      nurses.push(nurse);
    }
    const [one, two] = nurses as [DoctorScreen, DoctorScreen];
    await (await one.primary(`Call ${ada.ticket}`)).click();
    await day.at(ada, "called", "N1");
    await one.patient.filter({ hasText: "fasting" }).waitFor();
    await (await two.primary(`Call ${bob.ticket}`)).click();
    await day.at(bob, "called", "N2");
    await (await one.primary("Start")).click();
    await (await one.primary("Done")).click();

    await (await screen.primary(`Call ${ada.ticket}`)).waitFor();
    await screen.patient.filter({ hasText: "back from another place" }).waitFor();
    expect(await two.patient.innerText()).to.include("Bob");
    await two.page.reload();
    await two.primary(`Start ${bob.ticket}`);
  });

  it("serves several services in turn from one room", async () => {
    const [blood, shots] = [
      await day.addDoctor({ name: "Blood", kind: "service" }),
      await day.addDoctor({ name: "Shots", kind: "service" }),
    ];
    const ada = await day.arrive(blood, "Ada");
    const bob = await day.arrive(shots, "Bob");
    const cleo = await day.arrive(blood, "Cleo");
    await day.addStaff("nurse.three");
    await day.addRoom("N3");
    const nurse = await open("nurse.three");
    await nurse.page.getByRole("button", { name: "Begin" }).click();
    await nurse.page.getByText("Choose at least one queue.").waitFor();
    await nurse.page.getByRole("checkbox", { name: "Blood service" }).check();
    await nurse.page.getByRole("checkbox", { name: "Shots service" }).check();
    await nurse.page.getByRole("button", { name: "Begin" }).click();
    await nurse.page.getByText("Several rooms call from this queue.").waitFor();
    await nurse.page.getByLabel("Room").selectOption({ label: "N3" });
    await nurse.page.getByRole("button", { name: "Begin" }).click();

    await (await nurse.primary(`Call ${ada.ticket}`)).click();
    await (await nurse.second(`Did not come, call ${bob.ticket}`)).click();
    await day.at(ada, "skipped");
    await day.at(bob, "called", "N3");
    await (await nurse.primary("Start")).click();
    await (await nurse.second(`Done, call ${cleo.ticket}`)).click();

    await day.at(bob, "served");
    await day.at(cleo, "called", "N3");
  });

  it("is refused where the desk was quicker, says what is the case, and goes on from there", async () => {
    const [doctor, openPage] = await begin({}, rooms[1].id);
    const ada = await day.arrive(doctor, { name: "Ada", hour: 9 });
    const bob = await day.arrive(doctor, { name: "Bob", hour: 10 });
    const screen = await openPage();
    await screen.primary("Call");
    const goOn = await holdBack(screen);

    // The page does not hear of it before the button is pressed.
    await (await screen.primary("Call")).click();
    await day.act(ada, "call", { room_id: rooms[1].id });
    await goOn();

    await screen.page.getByText("Somebody else has acted meanwhile").waitFor();
    await (await screen.primary(`Start ${ada.ticket}`)).click();
    await day.at(ada, "in_consultation");
    await day.at(bob, "waiting");
    expect(await screen.page.getByText("Somebody else has acted meanwhile").count()).to.equal(0);
  });

  it("solves in place that the room is taken", async () => {
    const [other] = await begin({}, rooms[2].id);
    const [doctor, openPage] = await begin({}, rooms[2].id);
    const there = await day.arrive(other, "There");
    const ada = await day.arrive(doctor, "Ada");
    await day.act(there, "call");
    const screen = await openPage();

    await (await screen.primary("Call")).click();
    await screen.page.getByText(`${there.ticket} is still there`).waitFor();
    await screen.page.getByRole("button", { name: "Choose another room" }).click();
    await screen.page.getByLabel("Room").selectOption({ label: "3" });
    await screen.page.locator(".day").filter({ hasText: "Room 3" }).waitFor();
    await screen.page.keyboard.press("Escape");
    await (await screen.primary("Call")).click();

    await day.at(ada, "called", "3");
  });

  it("calls again whoever did not come or is on hold, and out of order with a reason alone", async () => {
    const [doctor, openPage] = await begin();
    const ada = await day.arrive(doctor, { name: "Ada", hour: 9 });
    const bob = await day.arrive(doctor, { name: "Bob", hour: 10 });
    const cleo = await day.arrive(doctor, { name: "Cleo", hour: 11 });
    const screen = await openPage();
    await (await screen.primary("Call")).click();
    await (await screen.second("Did not come, call")).click();
    await day.at(bob, "called");
    await screen.primary("Start");
    await screen.page.getByRole("button", { name: "Hold" }).click();
    await day.at(bob, "on_hold");
    await eventually(async () => expect(await screen.focused()).to.include("primary"));

    await (await screen.openRow(ada.ticket)).getByRole("button", { name: "Back into the queue" }).click();
    await day.at(ada, "waiting");
    await screen.primary(`Call ${ada.ticket}`);
    const panel = await screen.openRow(cleo.ticket);
    expect(await panel.getByRole("button", { name: "Call" }).isDisabled()).to.equal(true);
    await screen.choose("In pain", panel);
    await panel.getByRole("button", { name: "Call" }).click();
    await day.at(cleo, "called");
    await (await screen.primary(`Start ${cleo.ticket}`)).click();
    await (await screen.primary("Done")).click();
    await day.at(cleo, "served");
    await (await screen.openRow(bob.ticket)).getByRole("button", { name: "Call" }).click();
    await day.at(bob, "called");
  });

  it("breaks in for an emergency, and holds whoever is here for it", async () => {
    const [doctor, openPage] = await begin();
    const ada = await day.arrive(doctor, { name: "Ada", hour: 9 });
    const screen = await openPage();
    await (await screen.primary("Call")).click();
    await (await screen.primary("Start")).click();
    await screen.primary("Done");
    await screen.choose("To the desk");
    await screen.page.getByLabel("What should the desk do?").fill("call the lab");
    const urgent = await day.walkIn(doctor, "Nine", { priority: 2, reason: "chest pain" });

    const alert = screen.page.getByRole("alert").filter({ hasText: "Emergency" });
    await alert.filter({ hasText: "chest pain" }).waitFor();
    expect(await screen.page.getByLabel("What should the desk do?").inputValue()).to.equal("call the lab");
    await alert.getByRole("button", { name: `Hold ${ada.ticket}, call ${urgent.ticket}` }).click();
    await day.at(ada, "on_hold");
    await day.at(urgent, "called");
    await (await screen.primary("Start")).click();
    await (await screen.primary("Done")).click();
    await day.at(urgent, "served");
    await (await screen.openRow(ada.ticket)).getByRole("button", { name: "Waits again" }).click();
    await (await screen.primary("Call")).click();
    await (await screen.primary("Start")).click();

    await screen.primary("Done, note to the desk");
    expect(await screen.page.getByLabel("What should the desk do?").inputValue()).to.equal("call the lab");
  });

  it("says that the doctor is away or has finished, and asks where others still wait", async () => {
    const [doctor, openPage] = await begin();
    const ada = await day.arrive(doctor, "Ada");
    const screen = await openPage();
    await screen.primary("Call");
    await screen.page.locator(".day").click();
    await screen.choose("Away");
    await screen.page.getByRole("button", { name: /20 min/ }).click();
    await screen.page
      .locator('.day[data-state="away"]')
      .filter({ hasText: /Away to 1[23]:/ })
      .waitFor();
    await screen.choose("About 15 minutes late");
    await screen.page.locator(".notice-now").filter({ hasText: "About 15 minutes late" }).waitFor();
    await screen.choose("Finished");
    await screen.page.getByText("1 person is waiting. Finish anyway?").waitFor();
    await screen.page.getByRole("button", { name: "Finish for today" }).click();
    await screen.page.locator('.day[data-state="finished"]').waitFor();
    await screen.page.keyboard.press("Escape");

    await screen.page.getByRole("heading", { name: "You have finished for today." }).waitFor();
    await (await screen.primary("I am here")).click();
    await (await screen.primary("Call")).click();
    await day.at(ada, "called");
  });

  it("is there for the default clinic, and below the address of each", async () => {
    for (const path of ["/doctor", "/c/default/doctor"]) {
      const answer = await fetch(clinic.api.address + path);
      expect([answer.status, (await answer.text()).includes("<title>Doctor</title>")], path).to.deep.equal([200, true]);
    }
  });

  it("leads on where nobody waits", async () => {
    const [doctor, openPage] = await begin();
    const screen = await openPage();
    await screen.page.getByText("Nobody is booked with you or waits for you.").waitFor();

    await day.book(doctor, { name: "Later", hour: 15 });
    const remote = await day.book(doctor, { name: "Far", hour: 16, mode: "phone" });

    await screen.page.getByText("Nobody is waiting. Next booked: 15:00.").waitFor();
    await (await screen.openRow(remote.ticket)).getByRole("button", { name: "Start now" }).click();
    await screen.primary("Done");
    expect(await screen.patient.innerText()).to.include("Far");
  });

  it("keeps nobody out, in any state, from either side, by day and by night", async () => {
    const [doctor, openPage] = await begin();
    const ada = await day.arrive(doctor, {
      name: "Ada",
      hour: 9,
      note: "has letter",
      patient: { needs: { fetch: true } },
    });
    await day.arrive(doctor, { name: "مريم بنت عبد الله", hour: 10 });
    const held = await day.arrive(doctor, "Held");
    await day.act(held, "hold");
    const screen = await openPage();
    const states: string[] = [];
    const check = async (state: string) => {
      // All but the colours is the same in both themes.
      for (const [colorScheme, rules] of [
        ["dark", "colours"],
        ["light", "all"],
      ] as const) {
        await screen.page.emulateMedia({ colorScheme });
        const barriers = await findBarriers(screen.page, rules);
        states.push(...barriers.map((barrier) => `${state}, ${colorScheme}: ${barrier}`));
      }
    };

    await screen.primary("Call");
    await check("call");
    await (await screen.primary("Call")).click();
    await day.at(ada, "called");
    await screen.primary("Start");
    await check("called");
    await (await screen.primary("Start")).click();
    await screen.primary("Done");
    await screen.choose("On to…");
    await screen.openRow(held.ticket);
    await screen.page.evaluate("document.documentElement.dir = 'rtl'");
    await check("inside, from the right");
    await day.walkIn(doctor, "Nine", { priority: 2, reason: "chest pain" });
    await screen.page.getByRole("alert").filter({ hasText: "chest pain" }).waitFor();
    await check("emergency");
    await screen.page.locator(".day").click();
    await screen.choose("Away");
    await check("day");

    expect(states).to.deep.equal([]);
  });

  /** Holds what the server says about the queue back from a page, until the function that it gives is called. */
  async function holdBack(screen: DoctorScreen): Promise<() => Promise<void>> {
    let goOn: () => void = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await screen.page.route("**/queue/next", async (route) => {
      await held;
      await route.continue();
    });
    return async () => {
      goOn();
      await eventually(async () => screen.page.unroute("**/queue/next"));
    };
  }
});
