-- What the staff's and managers' pages ask for beside the queue.

-- `cancellation_notice_minutes`: how long before an appointment begins a patient can cancel it.
alter table clinics
  add column cancellation_notice_minutes integer not null default 120 check (cancellation_notice_minutes between 0 and 10080);

-- What came of a request that registered a patient or added a task.
alter table queue_requests
  add column patient_id uuid,
  add column task_id uuid,
  add foreign key (clinic_id, patient_id) references patients on delete cascade,
  add foreign key (clinic_id, task_id) references tasks on delete cascade;
create index queue_requests_patient_idx on queue_requests (clinic_id, patient_id) where patient_id is not null;
create index queue_requests_task_idx on queue_requests (clinic_id, task_id) where task_id is not null;

-- `invited_by`: the account that made the invitation, which ends with what that account may; a provider's subject
-- likewise. `npm start`: the first manager's. Null where it is not known.
alter table invitations add column invited_by text;

-- The words of names from their ends, for whoever types the beginning of one wrong: see resembling_patients().
create index patients_search_reversed_idx on patients using gin (
  array_to_tsvector(array_remove(regexp_split_to_array(reverse(search::text), '[ '']+'), ''))
);
