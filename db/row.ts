/** A resource of the contract as a query gives it: its times are dates, which become strings in JSON. */
export type Row<Resource, Times extends keyof Resource> = Omit<Resource, Times> & {
  [Time in Times]: null extends Resource[Time] ? Date | null : Date;
};
