import { randomBytes } from "node:crypto";
import { connect } from "../db/connection.ts";

/** What each process connects with, to a Postgres that is ours alone. */
export interface ProcessUrls {
  API_DATABASE_URL: string;
  REALTIME_DATABASE_URL: string;
}

/** Lets the roles of both processes log in, each with a password that is new with every start and stored nowhere. */
export async function openLogins(ownerUrl: string): Promise<ProcessUrls> {
  const sql = connect({ url: ownerUrl, name: "clinic-queue start", max: 1 });
  const open = async (role: "clinic_api" | "clinic_realtime"): Promise<string> => {
    const password = randomBytes(24).toString("hex");
    await sql.unsafe(`alter role ${role} login password '${password}'`);
    const url = new URL(ownerUrl);
    url.username = role;
    url.password = password;
    return url.href;
  };
  try {
    return { API_DATABASE_URL: await open("clinic_api"), REALTIME_DATABASE_URL: await open("clinic_realtime") };
  } finally {
    await sql.end();
  }
}
