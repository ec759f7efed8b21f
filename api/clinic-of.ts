import type { RequestHandler, Response } from "express";
import { splitClinicPath, type Clinic, type Clinics } from "../access/clinics.ts";
import { notFound } from "./api-error.ts";

/** Takes the clinic's code out of the address, so that every route and page is at the address of each clinic. */
export const splitAddress: RequestHandler = (request, response, next) => {
  const { code, path } = splitClinicPath(request.url);
  response.locals["clinicCode"] = code;
  request.url = path;
  next();
};

/** Finds the clinic that a call or page is for. The pages of the default clinic need no database. */
export const findClinic =
  (clinics: Clinics): RequestHandler =>
  async (request, response, next) => {
    const code = response.locals["clinicCode"] as string | undefined;
    // Routes are found whatever the case of their letters.
    if (code === undefined && !request.path.toLowerCase().startsWith("/api/")) return next();
    const clinic = await clinics.find(code);
    if (!clinic) throw notFound("Clinic");
    response.locals["clinic"] = clinic;
    next();
  };

export const clinicOf = (response: Response): Clinic => response.locals["clinic"] as Clinic;

/** What the paths of the request's clinic begin with, as the request has it: `/c/` and the code, or nothing. */
export function basePathOf(response: Response): string {
  const code = response.locals["clinicCode"] as string | undefined;
  return code === undefined ? "" : `/c/${code}`;
}
