/** Selects parts of a feed: those that its whole audience shares, or those of one reader; of all doctors, of one, or of an area. */
export interface PartFilter {
  /** Equal for filters that select the same parts. */
  readonly key: string;
  /** Whose parts these are, as a part has it; null for the parts that everybody in the audience shares. */
  readonly reader: string | null;
  readonly doctorId: string | undefined;
  /** Whose patients wait there; of others it is said that they are not there. */
  readonly areaId: string | undefined;
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
  areaId?: string | undefined;
}

export function filterParts({ reader = null, doctorId, areaId }: Chosen): PartFilter {
  const isShared = reader === null;
  return {
    key: JSON.stringify([reader, doctorId, areaId]),
    reader,
    doctorId,
    areaId,
    isWhole: isShared && doctorId === undefined && areaId === undefined,
    canResume: isShared,
  };
}

/** Selects all that a whole audience shares. */
export const everything = filterParts({});
