-- Registers the patients of some lines of a file, or says what it would do: {"added", "existing", "refused": [{"line", "field",
-- "reason"}]}. A patient exists who has the same name, phone and birth date.
--
-- `lines`: [{"line", "name", "phone", "birth_date", "age", "gender", "email", "shares_phone", "ticket_only", "needs", "nth",
-- "is_phone_before"}]. `nth`: how many lines up to this one are of a patient like this: of those whose name is all that is
-- known each may be somebody else. `is_phone_before`: an earlier line has this phone. Raises 40001 when somebody registers a
-- phone of these at the same time: then the file is to be read again.
--
-- Statements are planned anew for each call, because the table grows from call to call and has no statistics yet.
create or replace function import_patients(in_clinic uuid, lines jsonb, actor jsonb, is_dry boolean) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  verdicts jsonb;
  answer jsonb;
  added integer;
begin
  perform act_as(actor);
  select jsonb_object_agg(line, verdict),
    jsonb_build_object(
      'added', count(*) filter (where verdict = 'new'), 'existing', count(*) filter (where verdict = 'existing'),
      'refused', coalesce(
        jsonb_agg(
          jsonb_build_object(
            'line', line, 'field', 'phone', 'reason', 'belongs to another patient: where they share it, shares_phone is true'
          )
          order by line
        ) filter (where verdict = 'refused'),
        '[]'
      )
    )
  into verdicts, answer
  from (
    select given.line, case
      when case
        when given.phone is null then (
          select count(*) from patients known
          where known.clinic_id = in_clinic and known.name collate "C" = given.name and known.phone is null
            and known.birth_date is not distinct from given.birth_date and known.erased_at is null
        )
        else (
          select count(*)
          from (
            select name, birth_date from patients where (clinic_id, phone) = (in_clinic, given.phone) and not shares_phone
            union all
            select name, birth_date from patients where (clinic_id, phone) = (in_clinic, given.phone) and shares_phone
          ) known
          where known.name = given.name and known.birth_date is not distinct from given.birth_date
        )
      end >= given.nth then 'existing'
      when given.nth > 1 and not given.shares_phone and num_nonnulls(given.phone, given.birth_date) > 0 then 'existing'
      when given.phone is not null and not given.shares_phone and (
        given.is_phone_before
        or exists (select from patients where (clinic_id, phone) = (in_clinic, given.phone) and not shares_phone)
      ) then 'refused'
      else 'new'
    end as verdict
    from jsonb_to_recordset(lines) as given (
      line integer, name text, phone text, birth_date date, shares_phone boolean, nth integer, is_phone_before boolean
    )
  ) judged;
  if is_dry then
    return answer;
  end if;

  insert into patients (clinic_id, name, phone, shares_phone, age, gender, email, ticket_only, birth_date, needs)
  select in_clinic, given.name, given.phone, given.shares_phone and given.phone is not null and (
      given.is_phone_before
      or exists (select from patients where (clinic_id, phone) = (in_clinic, given.phone) and not shares_phone)
      or exists (select from patients where (clinic_id, phone) = (in_clinic, given.phone) and shares_phone)
    ), given.age, given.gender, given.email, given.ticket_only, given.birth_date, given.needs
  from jsonb_to_recordset(lines) as given (
    line integer, name text, phone text, shares_phone boolean, age integer, gender text, email text, ticket_only boolean,
    birth_date date, needs jsonb, is_phone_before boolean
  )
  where verdicts ->> given.line::text = 'new'
  on conflict (clinic_id, phone) where not shares_phone do nothing;
  get diagnostics added = row_count;
  if added <> (answer ->> 'added')::integer then
    raise 'Somebody else registers the same patients' using errcode = 'serialization_failure';
  end if;
  return answer;
end
$$;

grant execute on function import_patients to clinic_api;
