/**
 * The seed of a randomised test: always the same in `npm test`, so that a failure can be had again, and a new one in
 * `npm run test:long`. The name of the test tells it.
 */
export const seed = Number(process.env["CLINIC_QUEUE_TEST_SEED"] ?? 1);

/** How many times as much as usual a run does: 1 in `npm test`. */
const times = Number(process.env["CLINIC_QUEUE_TEST_TIMES"] ?? 1);

/** How many cases a randomised test tries: `usual`, or as many times `long` as `npm run test:long` asks for. */
export const cases = (usual: number, long = usual): number => (times > 1 ? long * times : usual);

/** Whether a table is tried whole, as in `npm run test:long`: otherwise each of its rows and columns is, but not each cell. */
export const isWhole = times > 1;
