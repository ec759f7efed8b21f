-- Checks what an action needs beside a legal stage, and gives its details for move_entry(). Raises as act_in_queue() says.
create or replace function step_details(
  entry queue_entries, appointment appointments, request jsonb, kind text, moment timestamptz
) returns jsonb
language plpgsql as $$
declare
  action constant text := request ->> 'action';
  details jsonb := jsonb_strip_nulls(jsonb_build_object('reason', request ->> 'reason'));
  facts jsonb;
begin
  if action in ('prioritise', 'move') then
    perform require_reason(request);
  end if;
  if action = 'call' or action = 'start' and entry.stage <> 'called' then
    perform require_doctor(entry.clinic_id, entry.date, entry.doctor_id);
  end if;
  case action
    when 'call' then
      facts := call_facts(entry, appointment);
      if facts -> 'passed_over' @> '[{"why": "out_of_order"}]' then
        perform require_reason(request);
      end if;
      return details || jsonb_build_object(
        'facts', facts,
        'place', call_place(entry.clinic_id, entry.date, entry.doctor_id, (request ->> 'room_id')::uuid)
      );
    when 'start' then
      if entry.stage = 'called' then
        return details;
      end if;
      return details || jsonb_build_object(
        'place', call_place(entry.clinic_id, entry.date, entry.doctor_id, (request ->> 'room_id')::uuid)
      );
    when 'acknowledge' then
      if (request ->> 'answer' = 'here') <> (entry.stage is not distinct from 'skipped') and entry.stage in ('called', 'skipped') then
        raise 'answer: % is not an answer of somebody who is %', request ->> 'answer', entry.stage
          using errcode = 'CQ019', detail = 'answer';
      end if;
      return details || jsonb_build_object('answer', request ->> 'answer');
    when 'no_show' then
      if entry.stage in ('called', 'skipped') and entry.call_count < 2 then
        raise 'Not possible: the patient was called only once' using errcode = 'CQ008',
          detail = jsonb_build_object('stage', entry.stage, 'call_count', entry.call_count)::text;
      end if;
      return details;
    when 'prioritise' then
      return details || jsonb_build_object('priority', (request ->> 'priority')::integer);
    when 'transfer' then
      return details || transfer_details(entry, request);
    when 'move' then
      return details || move_details(entry, request);
    else
      return details;
  end case;
end
$$;
