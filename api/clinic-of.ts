import type { RequestHandler, Response } from "express";
import { splitClinicPath, type Clinic, type Clinics } from "../access/clinics.ts";
import type { Revocations } from "../access/revocations.ts";
import { ApiError, notFound } from "./api-error.ts";

/** Takes the clinic's code out of the address, so that every route and page is at the address of each clinic. */
export const splitAddress: RequestHandler = (request, response, next) => {
  const { code, path } = splitClinicPath(request.url);
  response.locals["clinicCode"] = code;
  request.url = path;
  next();
};

/** Finds the clinic that a call or page is for. The pages of the default clinic need no database. A suspended clinic answers no call. */
export const findClinic =
  (clinics: Clinics, revocations: Revocations): RequestHandler =>
  async (request, response, next) => {
    const code = response.locals["clinicCode"] as string | undefined;
    // Routes are found whatever the case of their letters.
    const isCall = request.path.toLowerCase().startsWith("/api/");
    if (code === undefined && !isCall) return next();
    const clinic = await clinics.find(code);
    if (!clinic) throw notFound("Clinic");
    if (isCall && revocations.isSuspended(clinic.id)) throw new ApiError("ClinicSuspended", "This clinic is closed");
    response.locals["clinic"] = clinic;
    next();
  };

/** Lets a call through at the address of the default clinic alone. */
export const requireDefaultClinic: RequestHandler = (request, response, next) => {
  if (!clinicOf(response).isDefault) throw notFound(`${request.method} ${request.path}`);
  next();
};

export const clinicOf = (response: Response): Clinic => response.locals["clinic"] as Clinic;

/** What the paths of the request's clinic begin with, as the request has it: `/c/` and the code, or nothing. */
export function basePathOf(response: Response): string {
  const code = response.locals["clinicCode"] as string | undefined;
  return code === undefined ? "" : `/c/${code}`;
}
