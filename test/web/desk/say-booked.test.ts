import { expect } from "chai";
import { sayPunctual } from "../../../web/desk/panel/say-booked.ts";
import { en } from "../../../web/desk/words/en.ts";
import { languages, Words } from "../../../web/shared/words/words.ts";
import type { StaffAppointment } from "../../../client/queue-client.ts";

const [english] = languages;
if (!english) throw new Error("There is a language");
const words = new Words<typeof en>(english, en);

/** Somebody booked for 09:30 who came at a time. */
function say(checkedInAt: string, source: StaffAppointment["source"] = "booking"): string | undefined {
  const queue = { checked_in_at: `2026-11-23T${checkedInAt}Z` } as StaffAppointment["queue"];
  return sayPunctual({ source, starts_at: "2026-11-23T09:30:00Z", queue }, words);
}

describe("sayPunctual", () => {
  it("tells how early or late somebody came, and nothing where it is next to nothing", () => {
    expect(say("09:10:00")).to.equal("20 minutes early");
    expect(say("09:41:30")).to.equal("12 minutes late");
    expect(say("09:33:00")).to.equal(undefined);
    expect(say("09:27:00")).to.equal(undefined);
  });

  it("tells nothing of whoever came without an appointment, or is not here yet", () => {
    expect(say("09:41:00", "walk_in")).to.equal(undefined);
    expect(sayPunctual({ source: "booking", starts_at: "2026-11-23T09:30:00Z", queue: null }, words)).to.equal(
      undefined,
    );
  });
});
