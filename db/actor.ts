/** Who acts, for the audit trail: see sql/audit/act_as.sql. */
export type Actor = {
  sub: string | null;
  role: string;
  name: string | null;
  session: string | null;
  address: string | null;
  request_id: string | null;
};
