/** Every setting of every process, as .env.example has them. */
export const settingNames = [
  "DATABASE_URL",
  "API_DATABASE_URL",
  "REALTIME_DATABASE_URL",
  "DATABASE_POOLER",
  "LISTEN_DATABASE_URL",
  "DATA_DIR",
  "AUTH_SECRET",
  "AUTH_SECRET_PREVIOUS",
  "AUTH_JWKS_URL",
  "AUTH_ISSUER",
  "AUTH_AUDIENCE",
  "NODE_ENV",
  "TOKEN_LIFETIME_S",
  "SESSION_LIFETIME_S",
  "TRUST_PROXY",
  "HOST",
  "API_PORT",
  "REALTIME_PORT",
  "REALTIME_URL",
  "ALLOWED_ORIGINS",
  "AUTH_JWKS_REFRESH_S",
  "CLINIC_TIMEZONE",
  "DAILY_CAPACITY",
  "BOOKING_HORIZON_DAYS",
  "MAX_BOOKINGS_PER_DOCTOR_DAY",
  "MAX_BOOKINGS_AHEAD",
  "PUBLIC_NAMES",
  "PUBLIC_SPECIALTY",
  "AUDIT_RETENTION_DAYS",
  "RECORD_RETENTION_DAYS",
  "LOG_LEVEL",
  "MAX_READS_PER_MINUTE",
  "MAX_WRITES_PER_MINUTE",
  "MAX_CALLS_PER_MINUTE_PER_ADDRESS",
  "MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS",
  "MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS",
  "MAX_CONNECTIONS",
  "MAX_CONNECTIONS_PER_ADDRESS",
  "MAX_UNAUTHENTICATED",
  "MAX_UNAUTHENTICATED_PER_ADDRESS",
  "MAX_CONNECTIONS_PER_CALLER",
  "MAX_MESSAGES_PER_SECOND_PER_CALLER",
  "MAX_DATES_PER_CALLER",
  "MAX_CONNECTIONS_PER_PATIENT",
  "MAX_NEW_DATES_PER_SECOND_PER_CALLER",
  "MAX_FEEDS",
  "MAX_UPGRADES_PER_SECOND",
  "MAX_MESSAGES_PER_SECOND",
  "MAX_SUBSCRIBES_PER_SECOND",
  "AUTHENTICATE_TIMEOUT_MS",
  "SUBSCRIBE_TIMEOUT_MS",
  "HEARTBEAT_INTERVAL_MS",
  "STALL_TIMEOUT_MS",
  "POLL_INTERVAL_MS",
  "DRAIN_TIMEOUT_MS",
] as const;

export type SettingName = (typeof settingNames)[number];

const known = new Set<string>(settingNames);
/** Names that nobody but us would give. Others of a common kind, like API_KEY, belong to other programs. */
const ownKinds = /^(CLINIC_(?!QUEUE_)|AUTH_JWKS_|MAX_\w+_PER_(MINUTE|SECOND|ADDRESS)$)/;
/** Of a shorter name, like HOST, too many others are near. */
const shortestSuspect = 8;

/**
 * Finds variables that were meant as a setting of ours and are none, because they are misspelt.
 *
 * @returns a line about each, for whoever started the process.
 */
export function describeUnknownSettings(names: string[]): string[] {
  return names.flatMap((name) => {
    if (known.has(name)) return [];
    const meant = settingNames.find((setting) => isMisspelling(name.toUpperCase(), setting));
    if (meant !== undefined) return [`${name} is no setting and has no effect: is it meant to be ${meant}?`];
    return ownKinds.test(name) ? [`${name} is no setting and has no effect: .env.example lists all`] : [];
  });
}

function isMisspelling(name: string, setting: string): boolean {
  // The distance is at least what one is longer than the other, and most names need not be compared.
  if (setting.length < shortestSuspect || Math.abs(name.length - setting.length) > 2) return false;
  return editDistance(name, setting) <= (setting.length < 10 ? 1 : 2);
}

/**
 * How many letters must be added, left out or swapped with their neighbour to make one name of the other. To replace a
 * letter counts as two: API_PORT is not what APP_PORT was meant to be.
 */
function editDistance(from: string, to: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 2),
        isSwapped ? (beforeLast[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, row];
  }
  return last[to.length] ?? 0;
}
