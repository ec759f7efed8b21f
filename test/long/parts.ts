/** One of the things that take long. */
export interface Part {
  name: string;
  /** What it takes of the usual time of all parts, in minutes. */
  minutes: number;
  /** Whether it does as much as fits into its time. All others do the same on a slow machine, and take longer. */
  isElastic?: boolean;
  /** The program and its arguments that take so many minutes or fewer, with this seed. */
  command: (minutes: number, seed: number) => string[];
  env?: (minutes: number, seed: number) => Record<string, string>;
  /** The lines of its output that bear its figures. */
  figures: RegExp;
}

export const parts: Part[] = [
  {
    name: "properties",
    minutes: 5,
    command: () =>
      mocha(
        "test/db/properties.test.ts",
        "test/db/two-clinics.test.ts",
        "test/security/views.test.ts",
        "test/security/erasure.test.ts",
        "test/embedded/keeper-claim.test.ts",
      ),
    env: (minutes, seed) => ({ CLINIC_QUEUE_TEST_SEED: `${seed}`, CLINIC_QUEUE_TEST_TIMES: rounds(minutes) }),
    figures: /^ +\d+ (passing|failing)/,
  },
  {
    name: "queue",
    minutes: 15,
    command: () => mocha("test/queue/model.test.ts", "test/queue/at-once.test.ts", "test/queue/deadlocks.test.ts"),
    // As many times the steps of the usual test as make 100,000 in the usual time.
    env: (minutes, seed) => ({ CLINIC_QUEUE_TEST_SEED: `${seed}`, CLINIC_QUEUE_TEST_TIMES: rounds(minutes * 3.3) }),
    figures: /is as the model says|^ +\d+ (passing|failing)/,
  },
  {
    name: "bookings",
    minutes: 4,
    command: () => mocha("test/bookings/model.test.ts"),
    env: (minutes, seed) => ({ CLINIC_QUEUE_TEST_SEED: `${seed}`, CLINIC_QUEUE_TEST_TIMES: rounds(minutes) }),
    figures: /as the model says|exactly one order|^ +\d+ (passing|failing)/,
  },
  {
    name: "long",
    minutes: 9,
    command: () => mocha("--jobs", "2", "test/long/**/*.test.ts"),
    figures: /^ +\d+ (passing|failing)/,
  },
  {
    name: "whole",
    minutes: 3,
    command: () =>
      mocha(
        "test/security/matrix.test.ts",
        "test/security/clinic-matrix.test.ts",
        "test/security/expiry.test.ts",
        "test/dev/addresses.test.ts",
      ),
    env: () => ({ CLINIC_QUEUE_TEST_TIMES: "2" }),
    figures: /^ +\d+ (passing|failing)/,
  },
  { name: "node", minutes: 4, command: () => tsx("long/node-versions"), figures: /^Node / },
  {
    name: "faults",
    minutes: 14,
    isElastic: true,
    command: (minutes, seed) => tsx("faults/main", "--minutes", `${minutes}`, "--seed", `${seed}`),
    figures: /^\d+ rounds, /,
  },
  {
    name: "fuzz",
    minutes: 9,
    isElastic: true,
    command: (minutes, seed) => tsx("fuzz/main", "--minutes", `${minutes}`, "--seed", `${seed}`),
    figures: /^\d+ cases, \d+ failures$/,
  },
  {
    name: "soak",
    minutes: 12,
    isElastic: true,
    // The rest is for its start and its end.
    command: (minutes, seed) => tsx("soak/main", "--minutes", `${(minutes * 10) / 12}`, "--seed", `${seed}`),
    figures: /^growth /,
  },
  {
    name: "mutants",
    minutes: 15,
    isElastic: true,
    // As many as fit, because all of them take hours. The rest of the time is for the last ones, which may hang.
    command: (minutes, seed) =>
      tsx("mutants/main", "--jobs", "2", "--quick", "--minutes", `${minutes * 0.8}`, "--seed", `${seed}`),
    figures: /^(SURVIVED|INVALID|OUT OF DATE|without a fault|\d+ of \d+ mutants)/,
  },
];

const rounds = (count: number): string => String(Math.max(1, Math.round(count)));
const tsx = (program: string, ...args: string[]): string[] => ["npx", "tsx", `test/${program}.ts`, ...args];
const mocha = (...files: string[]): string[] => ["npx", "mocha", ...files];
