-- Books the appointments of some lines of a file, and records those that are over, or says what it would do: {"added",
-- "existing", "ids", "refused": [{"line", "field", "reason"}]}, with the ids of those that it added.
--
-- `lines`: [{"line", "doctor_code", "patient_name", "patient_phone", "patient_birth_date", "date", "time", "hour", "minutes",
-- "mode", "note", "reason", "outcome", "source"}], with all lines of a doctor's date, so that each finds what the ones before
-- it take. `time` and `minutes`: of an appointment with a time of its own. What has an outcome is recorded as it was, also
-- where that is unknown; the rest is booked as by staff.
--
-- Statements are planned anew for each call, as in import_patients(). Everything is locked first, in the order that lock_day() tells. What would be done is done and rolled back.
create or replace function import_appointments(in_clinic uuid, lines jsonb, actor jsonb, is_dry boolean) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  given record;
  refusal jsonb;
  twin uuid;
  claimed uuid[] := '{}';
  ids uuid[] := '{}';
  existing integer := 0;
  refused jsonb := '[]';
begin
  perform act_as(actor);
  begin
    perform lock_imported(in_clinic, lines);
    for given in
      select line.*, doctor.id as doctor_id, patient.id as patient_id, patient.alike
      from jsonb_to_recordset(lines) as line (
        line integer, doctor_code text, patient_name text, patient_phone text, patient_birth_date date, date date, "time" time,
        hour integer, minutes integer, mode text, note text, reason text, outcome text, source text
      )
      left join doctors doctor on (doctor.clinic_id, doctor.code) = (in_clinic, line.doctor_code)
      cross join lateral imported_patient(in_clinic, line.patient_name, line.patient_phone, line.patient_birth_date) patient
      order by line.date, doctor.id, line."time", line.hour, line.line
    loop
      refusal := case
        when given.doctor_id is null then '{"field": "doctor_code", "reason": "no doctor has this code"}'
        when given.alike = 0 then '{"field": "patient_name", "reason": "no patient has this name, phone and birth date"}'
        when given.patient_id is null then '{"field": "patient_name", "reason": "several patients are like this"}'
      end;
      if refusal is null then
        twin := imported_before(in_clinic, given, claimed);
        if twin is not null then
          claimed := claimed || twin;
          existing := existing + 1;
          continue;
        end if;
        begin
          twin := import_appointment(in_clinic, given, actor);
          claimed := claimed || twin;
          ids := ids || twin;
        exception
          when exclusion_violation then
            refusal := '{"field": "time", "reason": "overlaps another appointment of this doctor"}';
          when others then
            if sqlstate not like 'CQ0__' then
              raise;
            end if;
            refusal := jsonb_build_object(
              'field', case sqlstate
                when 'CQ002' then (regexp_match(sqlerrm, '^(\w+): '))[1]
                when 'CQ003' then 'date'
                when 'CQ004' then 'date'
                when 'CQ005' then 'date'
                when 'CQ015' then 'doctor_code'
                when 'CQ021' then 'time'
                when 'CQ022' then 'time'
              end,
              'reason', regexp_replace(sqlerrm, '^\w+: ', '')
            );
        end;
      end if;
      if refusal is not null then
        refused := refused || (refusal || jsonb_build_object('line', given.line));
      end if;
    end loop;
    if is_dry then
      raise 'Nothing is kept' using errcode = 'CQ999';
    end if;
  exception
    when sqlstate 'CQ999' then
      null;
  end;
  return jsonb_build_object('added', cardinality(ids), 'existing', existing, 'ids', to_jsonb(ids), 'refused', refused);
end
$$;

grant execute on function import_appointments to clinic_api;
