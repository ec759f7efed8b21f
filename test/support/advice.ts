import { expect } from "chai";
import { StartError } from "../../platform/settings.ts";
import { rejection } from "./rejection.ts";

/** The SQL in the one line that a migration ends with where an administrator must run it first. */
export async function adviceOf(migrating: Promise<unknown>): Promise<string> {
  const error = await rejection(migrating);
  expect(error).to.be.instanceOf(StartError);
  expect(error.message).to.not.include("\n");
  return error.message.replace(/^.* run: /, "");
}
