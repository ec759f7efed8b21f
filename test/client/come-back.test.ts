import { getEventListeners } from "node:events";
import { mock } from "node:test";
import { expect } from "chai";
import { nextDay, someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Heard } from "../support/heard.ts";
import { ScriptedServer } from "../support/scripted-server.ts";

/** What a browser has around a page, put in the place where the client looks for it. */
class Page {
  readonly document = Object.assign(new EventTarget(), { hidden: false });
  #window = new EventTarget();

  constructor() {
    Object.assign(globalThis, {
      addEventListener: this.#window.addEventListener.bind(this.#window),
      removeEventListener: this.#window.removeEventListener.bind(this.#window),
      document: this.document,
    });
  }

  get listeners(): number {
    return (
      getEventListeners(this.#window, "online").length + getEventListeners(this.document, "visibilitychange").length
    );
  }

  goOnline(): void {
    this.#window.dispatchEvent(new Event("online"));
  }

  /** The user comes to the page, or leaves it. */
  show(isShown = true): void {
    this.document.hidden = !isShown;
    this.document.dispatchEvent(new Event("visibilitychange"));
  }

  remove(): void {
    for (const name of ["addEventListener", "removeEventListener", "document"])
      Reflect.deleteProperty(globalThis, name);
  }
}

describe("the client library when the network or the page comes back", () => {
  let page: Page;
  let server: ScriptedServer;
  let heard: Heard;
  beforeEach(async () => {
    page = new Page();
    server = await ScriptedServer.open();
    heard = new Heard({ url: server.url, firstRetryMs: 1e9, slowestRetryMs: 1e9, pingIntervalMs: 60_000 });
  });
  afterEach(async () => {
    heard.close();
    await server.close();
    page.remove();
    mock.restoreAll();
  });

  async function goLive(): Promise<void> {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));
  }

  async function cut(): Promise<void> {
    server.cut();
    await eventually(() => expect(heard.client.state.name).to.equal("offline"));
  }

  it("need not wait for its next attempt", async () => {
    await goLive();
    for (const comeBack of [() => page.goOnline(), () => page.show()]) {
      await cut();
      comeBack();
      comeBack();
      await eventually(() => expect(heard.client.state.name).to.equal("live"));
      expect(heard.alive).to.equal(1);
    }
    expect(heard.connections).to.have.length(3);
  });

  it("has a connection that is open prove itself at once", async () => {
    await goLive();
    expect(server.pings).to.equal(1);

    page.goOnline();

    await eventually(() => expect(server.pings).to.equal(2));
    expect(heard.connections).to.have.length(1);
  });

  it("asks at once what date it is at the clinic", async () => {
    let today = someDay;
    mock.method(globalThis, "fetch", async () => Response.json({ today }));
    heard.client.watch("today");
    await eventually(() => expect(heard.last?.date).to.equal(someDay));

    today = nextDay;
    page.goOnline();

    await eventually(() => expect(heard.last?.date).to.equal(nextDay));
  });

  it("stays away while the page is hidden", async () => {
    await goLive();
    await cut();

    page.show(false);
    page.goOnline();
    expect(heard.connections).to.have.length(1);
    page.show();

    expect(heard.connections).to.have.length(2);
  });

  it("stays away while it watches nothing", () => {
    page.goOnline();
    page.show();

    expect(heard.connections).to.deep.equal([]);
  });

  it("listens no more once it is closed", async () => {
    heard.client.watch("today");
    expect(page.listeners).to.equal(4);

    heard.close();

    expect(page.listeners).to.equal(0);
  });
});
