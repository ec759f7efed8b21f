import { z } from "zod";
import { id, name } from "./fields.ts";

const areaName = name(100).meta({ examples: ["Ground floor"] });

export const newArea = z.object({ name: areaName });
export const areaUpdate = z.strictObject({ name: areaName });

/** A waiting area. */
export const area = z.object({ id, name: z.string().meta({ examples: ["Ground floor"] }) }).meta({ id: "Area" });
export type Area = z.infer<typeof area>;
