import type { Response } from "express";
import { deviceCookie, sessionCookie } from "../access/session-cookie.ts";
import { clinicOf } from "./clinic-of.ts";

/** A device that nobody signed in from for a year is forgotten. */
const deviceLifetimeMs = 365 * 86_400_000;

/** For no script and no other site. The lifetime is relative, because the clock of the browser may be wrong. */
export function setSessionCookie(response: Response, token: string, lifetimeS: number): void {
  const { secure } = response.req;
  response.cookie(sessionCookie(clinicOf(response), secure), token, {
    ...attributes(secure),
    maxAge: Math.round(lifetimeS) * 1_000,
  });
}

export function setDeviceCookie(response: Response, device: string): void {
  const { secure } = response.req;
  response.cookie(deviceCookie(clinicOf(response), secure), device, {
    ...attributes(secure),
    maxAge: deviceLifetimeMs,
  });
}

export function clearSessionCookies(response: Response): void {
  for (const secure of [true, false])
    response.clearCookie(sessionCookie(clinicOf(response), secure), attributes(secure));
}

const attributes = (secure: boolean) => ({ httpOnly: true, sameSite: "strict", secure, path: "/" }) as const;
