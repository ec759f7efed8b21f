/** The time zones that the browser knows by name; none where it does not tell. */
export function zoneNames(): string[] {
  const { supportedValuesOf } = Intl as unknown as { supportedValuesOf?: (key: "timeZone") => string[] };
  return supportedValuesOf?.("timeZone") ?? [];
}
