-- What the staff's and managers' pages ask for beside the queue.

-- `cancellation_notice_minutes`: how long before an appointment begins a patient can cancel it.
alter table clinics
  add column cancellation_notice_minutes integer not null default 120 check (cancellation_notice_minutes between 0 and 10080);
