/**
 * The seed of a randomised test: always the same in `npm test`, so that a failure can be had again, and a new one in
 * `npm run test:long`. The name of the test tells it.
 */
export const seed = Number(process.env["CLINIC_QUEUE_TEST_SEED"] ?? 1);

/** How many cases a randomised test tries: `usual`, or as many times that as `npm run test:long` asks for. */
export const cases = (usual: number): number => usual * Number(process.env["CLINIC_QUEUE_TEST_TIMES"] ?? 1);
