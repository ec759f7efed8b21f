import { Batches } from "./batches.ts";
import type { Database } from "../db/database.ts";
import { findClinics } from "../db/queries/clinics.ts";

/** The clinic at an address. */
export interface Clinic {
  id: string;
  code: string;
  /** It is also at the addresses that name no clinic. */
  isDefault: boolean;
}

/** The path of a request within its clinic, and the clinic's code; undefined where the path names none. */
export interface ClinicPath {
  code: string | undefined;
  path: string;
}

const maxCodes = 10_000;
const maxInQuestion = 1_000;
const timeoutMs = 3_000;
const codeForm = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Splits the path and query of a request, as in `/c/east/api/v1/doctors`: everything of a clinic is under its code. */
export function splitClinicPath(url: string): ClinicPath {
  const [, code, rest] = /^\/c\/([^/?]*)(.*)$/s.exec(url) ?? [];
  if (code === undefined || rest === undefined) return { code: undefined, path: url };
  return { code, path: rest.startsWith("/") ? rest : `/${rest}` };
}

/** Knows the clinics by their codes, so that a call does not have to ask the database. A clinic never changes its code. */
export class Clinics {
  #questions: Batches<string, Clinic>;
  /** By code; the default clinic also by an empty code. An unknown code is not remembered: a clinic may get it at any moment. */
  #known = new Map<string, Clinic>();

  constructor(database: Database) {
    this.#questions = new Batches(async (codes) => {
      const found = await database.read((sql) => findClinics(sql, codes), timeoutMs);
      return new Map(
        found.flatMap(({ id, code, is_default: isDefault }) => {
          const clinic = { id, code, isDefault };
          return isDefault ? [[code, clinic] as const, ["", clinic] as const] : [[code, clinic] as const];
        }),
      );
    }, maxInQuestion);
  }

  /**
   * The clinic with this code, or the default clinic where there is no code. Undefined when there is none.
   *
   * @throws any error of the database, for a clinic that is asked for the first time.
   */
  async find(code: string | undefined): Promise<Clinic | undefined> {
    if (code !== undefined && !codeForm.test(code)) return undefined;
    const key = code ?? "";
    const known = this.#known.get(key);
    if (known) return known;
    const clinic = await this.#questions.ask(key);
    if (clinic) this.#remember(key, clinic);
    return clinic;
  }

  #remember(key: string, clinic: Clinic): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= maxCodes && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, clinic);
  }
}
