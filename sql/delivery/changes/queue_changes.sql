-- What changed in the queue of a clinic's date since a revision; since 0, all of it. One snapshot, so one consistent state.
--
-- Every row bears the epoch, the date's revision and the time of its last change, and one doctor's section whose
-- revision is above `since`: that revision, and the section as finished JSON text, ready for the wire. A section is
-- null when the doctor has no appointment left (it was removed). When nothing changed there is one row, without a
-- doctor. `area_id`: where the doctor's patients wait. `open_tasks`: how many tasks of that date wait for the desk; only for
-- staff.
--
-- `for_view` says who will read it, and what they must not read is not in it: `staff`, `public`, or `patient`, for whom there
-- is a section for each patient of a doctor, with `patient_id`. Raises 20000 (case_not_found) for any other word.
--
-- Which sections changed is the same for every audience; what an audience reads of a section is a function of its own.
-- Postgres puts the text of these functions in place of their calls, because they are `language sql stable`, return a table
-- and may be executed by the caller. So each audience has one plan, and a connection makes it once.
create or replace function queue_changes(in_clinic uuid, on_date date, since bigint, for_view text default 'staff')
returns table (
  epoch uuid, revision bigint, changed_at timestamptz,
  doctor_id uuid, doctor_name text, section_revision bigint, patient_id uuid, appointment_count integer, section text,
  area_id uuid, open_tasks integer
)
language plpgsql stable as $$
begin
  case for_view
    when 'staff' then
      return query
        select changed.*, null::uuid, coalesce(shown.appointment_count, 0), shown.section, shown.area_id, (
            select count(*)::integer from tasks where (clinic_id, date) = (in_clinic, on_date) and state = 'open'
          )
        from changed_sections(in_clinic, on_date, since) changed
        left join lateral section_for_staff(in_clinic, on_date, changed.doctor_id) shown on true;
    when 'public' then
      return query
        select changed.*, null::uuid, coalesce(shown.appointment_count, 0), shown.section, shown.area_id, null::integer
        from changed_sections(in_clinic, on_date, since) changed
        left join lateral section_for_public(in_clinic, on_date, changed.doctor_id) shown on true;
    when 'patient' then
      return query
        select changed.*, shown.patient_id, coalesce(shown.appointment_count, 0), shown.section, shown.area_id, null::integer
        from changed_sections(in_clinic, on_date, since) changed
        left join lateral sections_for_patients(in_clinic, on_date, changed.doctor_id) shown on true;
  end case;
end
$$;

grant execute on function queue_changes to clinic_realtime;
