/** Selects parts of a feed: those that its whole audience shares, or those of one reader; of all doctors, or of one. */
export interface PartFilter {
  /** Equal for filters that select the same parts. */
  readonly key: string;
  /** Whose parts these are, as a part has it; null for the parts that everybody in the audience shares. */
  readonly reader: string | null;
  readonly doctorId: string | undefined;
  /** True when every revision of the date is news, and not only one that changes a selected part. */
  readonly isWhole: boolean;
  /**
   * Whether a client that comes back can be told what changed since the revision that it holds. The database stamps and
   * remembers sections, also removed ones, but not the parts that single readers had of them.
   */
  readonly canResume: boolean;
}

interface Chosen {
  reader?: string | null | undefined;
  doctorId?: string | undefined;
}

export function filterParts({ reader = null, doctorId }: Chosen): PartFilter {
  const isShared = reader === null;
  return {
    key: JSON.stringify([reader, doctorId]),
    reader,
    doctorId,
    isWhole: isShared && doctorId === undefined,
    canResume: isShared,
  };
}

/** Selects all that a whole audience shares. */
export const everything = filterParts({});
