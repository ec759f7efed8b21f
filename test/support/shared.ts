/** Where a system is that test files share: nobody signs in to one, everybody to the other. */
export interface SharedSystem {
  databaseUrl: string;
  api: string;
  realtime: string;
}

/** What test files share, and what they are told of it. */
export interface Shared {
  open: SharedSystem;
  "with-sign-in": SharedSystem;
  /** The folder of a migrated cluster that does not run, as `npm start` leaves one behind: to be copied. */
  data: { folder: string };
}

/** Where the processes that run test files ask for what they share. */
export const sharedVariable = "CLINIC_QUEUE_TEST_SHARED";

/** What test files share. It is made for the first of them that asks. */
export async function findShared<Name extends keyof Shared>(name: Name): Promise<Shared[Name]> {
  const response = await fetch(`${process.env[sharedVariable]}/${name}`);
  if (!response.ok) throw new Error(`cannot make what tests share: ${await response.text()}`);
  return (await response.json()) as Shared[Name];
}
