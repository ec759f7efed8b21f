// Made by `npm run generate:client` from the OpenAPI document of the API. A test fails where it is not of today.

/** Of each call of the API: what it takes, and what it answers. */
export interface Operations {
  registerPatient: (input: { body: { name: string; phone?: string | null | undefined; shares_phone?: boolean | null | undefined; birth_date?: string | null | undefined; needs?: Needs | null | undefined; age?: number | null | undefined; gender?: string | null | undefined; email?: string | null | undefined; ticket_only?: boolean | null | undefined } }) => RegisteredPatient;
  findPatients: (input: { query: { query: string; cursor?: string | undefined; limit?: number | undefined } }) => PatientPage;
  findPatientByPhone: (input: { query: { phone: string } }) => Patient | null;
  getPatient: (input: { params: { id: string } }) => Patient;
  updatePatient: (input: { params: { id: string }; body: { name?: string | undefined; phone?: string | null | undefined; shares_phone?: boolean | undefined; age?: number | null | undefined; gender?: string | null | undefined; email?: string | null | undefined; birth_date?: string | null | undefined; needs?: Needs | undefined; ticket_only?: boolean | undefined } }) => Patient;
  erasePatient: (input: { params: { id: string } }) => undefined;
  mergePatient: (input: { params: { id: string }; body: { into: string } }) => Patient;
  listPatientAppointments: (input: { params: { id: string }; query?: { cursor?: string | undefined; limit?: number | undefined } }) => AppointmentPage;
  exportPatient: (input: { params: { id: string } }) => PatientExport;
  issuePatientToken: (input: { params: { id: string }; body: { expires_in?: number | undefined } }) => Token;
  revokePatientTokens: (input: { params: { id: string } }) => undefined;
  setAvailability: (input: { params: { id: string }; body: { date: string; is_present: boolean; notes?: string | null | undefined } }) => Availability;
  getAvailability: (input: { params: { id: string }; query: { date: string } }) => Availability;
  addDoctor: (input: { body: { name: string; code: string; specialty?: string | null | undefined; ticket_prefix?: string | null | undefined; area_id?: string | null | undefined; room_id?: string | null | undefined; kind?: "person" | "service" | undefined; daily_capacity?: number | null | undefined; retired?: boolean | undefined } }) => Doctor;
  listDoctors: (input: { query?: { date?: string | undefined; retired?: "true" | "false" | undefined } }) => ListedDoctor[];
  getDoctor: (input: { params: { id: string } }) => Doctor;
  changeDoctor: (input: { params: { id: string }; body: { name?: string | undefined; specialty?: string | null | undefined; area_id?: string | null | undefined; room_id?: string | null | undefined; kind?: "person" | "service" | undefined; daily_capacity?: number | null | undefined; retired?: boolean | undefined } }) => Doctor;
  addArea: (input: { body: { name: string } }) => Area;
  listAreas: (input: object) => Area[];
  getArea: (input: { params: { id: string } }) => Area;
  renameArea: (input: { params: { id: string }; body: { name: string } }) => Area;
  deleteArea: (input: { params: { id: string } }) => undefined;
  addRoom: (input: { body: { name: string; area_id?: string | null | undefined } }) => Room;
  listRooms: (input: object) => Room[];
  getRoom: (input: { params: { id: string } }) => Room;
  changeRoom: (input: { params: { id: string }; body: { name?: string | undefined; area_id?: string | null | undefined } }) => Room;
  deleteRoom: (input: { params: { id: string } }) => undefined;
  getSchedule: (input: { params: { id: string } }) => ScheduleSession[];
  setSchedule: (input: { params: { id: string }; body: ({ weekday: number; starts_at: string; ends_at: string; slot_minutes: number; room_id?: string | null | undefined; valid_from?: string | undefined; valid_until?: string | null | undefined })[] }) => ScheduleSession[];
  recordLeave: (input: { params: { id: string }; body: { from: string; until: string; note?: string | null | undefined } }) => Stranded;
  endLeave: (input: { params: { id: string }; query: { from: string; until: string } }) => Stranded;
  listConflicts: (input: { params: { id: string } }) => BookingConflict[];
  listSlots: (input: { params: { id: string }; query: { from: string; until: string } }) => Slot[];
  listEarliestSlots: (input: { query?: { specialty?: string | undefined; from?: string | undefined; limit?: number | undefined } }) => FreeSlot[];
  holdSlot: (input: { body: { doctor_id: string; starts_at: string } }) => SlotHold;
  releaseHold: (input: { params: { id: string } }) => undefined;
  bookAppointment: (input: { body: { patient_id: string; doctor_id: string; date?: string | undefined; time_slot?: number | null | undefined; starts_at?: string | null | undefined; mode?: "in_person" | "phone" | "video" | undefined; note?: string | null | undefined; reason?: string | null | undefined; hold_id?: string | null | undefined; override?: boolean | undefined; idempotency_key?: string | null | undefined } }) => Appointment;
  listAppointments: (input: { query: { date: string; cursor?: string | undefined; limit?: number | undefined } }) => AppointmentPage;
  getConfirmedAppointment: (input: { params: { code: string } }) => Appointment;
  getAppointment: (input: { params: { id: string } }) => Appointment;
  cancelAppointment: (input: { params: { id: string }; body: { reason?: string | null | undefined } }) => Appointment;
  rescheduleAppointment: (input: { params: { id: string }; body: { date?: string | undefined; time_slot?: number | null | undefined; starts_at?: string | null | undefined; doctor_id?: string | undefined; hold_id?: string | null | undefined; override?: boolean | undefined } }) => Rescheduled;
  listAppointmentsByDoctor: (input: { params: { id: string }; query: { date: string } }) => Appointment[];
  listDoctorAppointments: (input: { params: { id: string }; query: { date: string } }) => Appointment[];
  addToWaitlist: (input: { body: { patient_id: string; doctor_id?: string | undefined; specialty?: string | undefined; from: string; until: string; appointment_id?: string | undefined; note?: string | null | undefined } }) => Waiting;
  listWaitlist: (input: { query?: { state?: "waiting" | "booked" | "withdrawn" | undefined; patient_id?: string | undefined } }) => Waiting[];
  listWaitlistMatches: (input: { query: { doctor_id: string; starts_at: string } }) => Waiting[];
  changeWaiting: (input: { params: { id: string }; body: { from?: string | undefined; until?: string | undefined; note?: string | null | undefined } }) => Waiting;
  withdrawWaiting: (input: { params: { id: string } }) => undefined;
  noteWaitlistAnswer: (input: { params: { id: string }; body: { doctor_id: string; starts_at: string; answer: "no" | "no_answer" } }) => Waiting;
  takeSlot: (input: { params: { id: string }; body: { doctor_id: string; starts_at: string } }) => Appointment;
  checkIn: (input: { body: { appointment_id?: string | undefined; patient_id?: string | undefined; confirmation_code?: string | undefined; presence_code?: string | undefined; at?: string | undefined } }) => CheckIn;
  getPresenceCode: (input: object) => PresenceCode;
  listQueueByDoctor: (input: { params: { id: string }; query: { date: string } }) => QueueEntry[];
  listDoctorQueue: (input: { params: { id: string }; query: { date: string } }) => QueueEntry[];
  callNext: (input: { params: { id: string }; body: { after: string | null; finish?: string | undefined; skip?: string | undefined; room_id?: string | undefined; date?: string | undefined } }) => NextAnswer;
  getQueueOrder: (input: { params: { id: string }; query: { date: string } }) => OrderedEntry[];
  actInQueue: (input: { params: { id: string }; body: { action: "call"; version?: number | undefined; reason?: string | null | undefined; room_id?: string | undefined } | { action: "acknowledge"; version?: number | undefined; reason?: string | null | undefined; answer: "coming" | "minutes" | "in_room" | "here" } | { action: "recall"; version?: number | undefined; reason?: string | null | undefined } | { action: "start"; version?: number | undefined; reason?: string | null | undefined; room_id?: string | undefined } | { action: "hold"; version?: number | undefined; reason?: string | null | undefined } | { action: "resume"; version?: number | undefined; reason?: string | null | undefined } | { action: "serve"; version?: number | undefined; reason?: string | null | undefined; task?: { kind?: "follow_up" | "telephone" | "other" | undefined; text: string } | undefined } | { action: "skip"; version?: number | undefined; reason?: string | null | undefined } | { action: "requeue"; version?: number | undefined; reason?: string | null | undefined } | { action: "no_show"; version?: number | undefined; reason?: string | null | undefined } | { action: "leave"; version?: number | undefined; reason?: string | null | undefined } | { action: "transfer"; version?: number | undefined; reason?: string | null | undefined; doctor_id: string; return?: boolean | undefined } | { action: "prioritise"; version?: number | undefined; reason: string; priority: number } | { action: "move"; version?: number | undefined; reason: string; before_appointment?: string | undefined; after_appointment?: string | undefined } }) => StepAnswer;
  listTransitions: (input: { params: { id: string } }) => Transition[];
  undoTransition: (input: { params: { id: string }; body: { transition: string } }) => StepAnswer;
  addWalkIn: (input: { body: { doctor_id?: string | undefined; specialty?: string | undefined; any_of?: string[] | undefined; patient_id?: string | undefined; patient?: { name: string; phone?: string | null | undefined; shares_phone?: boolean | null | undefined; birth_date?: string | null | undefined; needs?: Needs | null | undefined; age?: number | null | undefined; gender?: string | null | undefined; email?: string | null | undefined; ticket_only?: boolean | null | undefined } | undefined; reason?: string | undefined; priority?: number | undefined } }) => StepAnswer;
  addTask: (input: { body: { kind?: "follow_up" | "telephone" | "other" | undefined; text: string; date?: string | undefined; appointment_id?: string | undefined; patient_id?: string | undefined } }) => Task;
  listTasks: (input: { query?: { date?: string | undefined; state?: "open" | "done" | undefined } }) => Task[];
  changeTask: (input: { params: { id: string }; body: { text?: string | undefined; state?: "open" | "done" | undefined; tries?: number | undefined } }) => Task;
  setDoctorDay: (input: { params: { id: string }; query: { date: string }; body: { state?: "present" | "away" | "finished" | "absent" | undefined; returns_at?: string | null | undefined; notice?: string | null | undefined; room_id?: string | null | undefined; capacity?: number | null | undefined; sessions?: ({ starts_at: string; ends_at: string; slot_minutes: number; room_id?: string | null | undefined })[] | null | undefined } }) => DoctorDay;
  getDoctorDay: (input: { params: { id: string }; query: { date: string } }) => DoctorDay;
  cancelDoctorDay: (input: { params: { id: string }; query: { date: string }; body: { reason?: string | null | undefined } }) => CancelledDay;
  handOverDay: (input: { params: { id: string }; query: { date: string }; body: { doctor_id: string } }) => HandedOver;
  listAccounts: (input: object) => Account[];
  addAccount: (input: { body: { name: string; role: "manager" | "staff" | "doctor" | "service"; doctor_id?: string | null | undefined; scopes?: ("book" | "check_in" | "read")[] | undefined } }) => InvitedAccount;
  getAccount: (input: { params: { id: string } }) => Account;
  changeAccount: (input: { params: { id: string }; body: { role?: "manager" | "staff" | undefined; scopes?: ("book" | "check_in" | "read")[] | undefined; doctor_id?: string | undefined } }) => Account;
  disableAccount: (input: { params: { id: string }; query?: { screens?: "true" | "false" | undefined } }) => undefined;
  inviteAccount: (input: { params: { id: string }; body: { links?: boolean | undefined; screens?: boolean | undefined } }) => InvitedAccount;
  signIn: (input: { body: { name: string; password: string; remember_device?: boolean | undefined } }) => Token;
  getSession: (input: object) => Session;
  signOut: (input: object) => undefined;
  acceptInvitation: (input: { body: { token: string; password: string } }) => Token;
  renewToken: (input: object) => Token;
  requestScreenCode: (input: object) => DeviceAuthorization;
  pollScreenToken: (input: { body: { grant_type: "urn:ietf:params:oauth:grant-type:device_code"; device_code: string } }) => ScreenToken;
  approveScreen: (input: { body: { user_code: string; name: string; area_id?: string | null | undefined } }) => Screen;
  listScreens: (input: object) => Screen[];
  revokeScreen: (input: { params: { id: string } }) => undefined;
  listAuditEvents: (input: { query?: { action?: string | undefined; entity?: string | undefined; entity_id?: string | undefined; actor?: string | undefined; from?: string | undefined; to?: string | undefined; cursor?: number | undefined; limit?: number | undefined } }) => AuditEvents;
  getClinic: (input: object) => Clinic;
  changeClinic: (input: { body: { name?: string | undefined; timezone?: string | undefined; daily_capacity?: number | undefined; public_names?: "ticket" | "initials" | "first_name" | undefined; public_specialty?: boolean | undefined; languages?: string[] | undefined; max_bookings_per_doctor_day?: number | undefined; max_bookings_ahead?: number | undefined; booking_horizon_days?: number | undefined; day_starts_at?: string | undefined; queue_order?: "appointment" | "arrival" | undefined; walk_in_delay_minutes?: number | undefined; cancellation_notice_minutes?: number | undefined; lateness_grace_minutes?: number | undefined; check_in_opens_minutes?: number | undefined; requires_presence_code?: boolean | undefined } }) => ClinicSettings;
  getClinicSettings: (input: object) => ClinicSettings;
  listClinics: (input: object) => ListedClinic[];
  addClinic: (input: { body: { code: string; name: string; timezone: string } }) => AddedClinic;
  administerClinic: (input: { params: { code: string }; body: { name?: string | undefined; timezone?: string | undefined; suspended?: boolean | undefined } }) => ListedClinic;
}

/** Of each call its method and path, whether it takes an idempotency key, and whether it may be repeated without one. */
export const operations: Record<keyof Operations, Operation> = {
  registerPatient: { method: "POST", path: "/api/v1/patients", takesKey: true },
  findPatients: { method: "GET", path: "/api/v1/patients" },
  findPatientByPhone: { method: "GET", path: "/api/v1/patients/search" },
  getPatient: { method: "GET", path: "/api/v1/patients/{id}" },
  updatePatient: { method: "PATCH", path: "/api/v1/patients/{id}" },
  erasePatient: { method: "DELETE", path: "/api/v1/patients/{id}" },
  mergePatient: { method: "POST", path: "/api/v1/patients/{id}/merge" },
  listPatientAppointments: { method: "GET", path: "/api/v1/patients/{id}/appointments" },
  exportPatient: { method: "GET", path: "/api/v1/patients/{id}/export" },
  issuePatientToken: { method: "POST", path: "/api/v1/patients/{id}/tokens" },
  revokePatientTokens: { method: "DELETE", path: "/api/v1/patients/{id}/tokens" },
  setAvailability: { method: "POST", path: "/api/v1/doctors/{id}/availability" },
  getAvailability: { method: "GET", path: "/api/v1/doctors/{id}/availability" },
  addDoctor: { method: "POST", path: "/api/v1/doctors" },
  listDoctors: { method: "GET", path: "/api/v1/doctors" },
  getDoctor: { method: "GET", path: "/api/v1/doctors/{id}" },
  changeDoctor: { method: "PATCH", path: "/api/v1/doctors/{id}" },
  addArea: { method: "POST", path: "/api/v1/areas" },
  listAreas: { method: "GET", path: "/api/v1/areas" },
  getArea: { method: "GET", path: "/api/v1/areas/{id}" },
  renameArea: { method: "PATCH", path: "/api/v1/areas/{id}" },
  deleteArea: { method: "DELETE", path: "/api/v1/areas/{id}" },
  addRoom: { method: "POST", path: "/api/v1/rooms" },
  listRooms: { method: "GET", path: "/api/v1/rooms" },
  getRoom: { method: "GET", path: "/api/v1/rooms/{id}" },
  changeRoom: { method: "PATCH", path: "/api/v1/rooms/{id}" },
  deleteRoom: { method: "DELETE", path: "/api/v1/rooms/{id}" },
  getSchedule: { method: "GET", path: "/api/v1/doctors/{id}/schedule" },
  setSchedule: { method: "PUT", path: "/api/v1/doctors/{id}/schedule" },
  recordLeave: { method: "POST", path: "/api/v1/doctors/{id}/leave", isRepeatable: true },
  endLeave: { method: "DELETE", path: "/api/v1/doctors/{id}/leave" },
  listConflicts: { method: "GET", path: "/api/v1/doctors/{id}/conflicts" },
  listSlots: { method: "GET", path: "/api/v1/doctors/{id}/slots" },
  listEarliestSlots: { method: "GET", path: "/api/v1/slots" },
  holdSlot: { method: "POST", path: "/api/v1/slot-holds", isRepeatable: true },
  releaseHold: { method: "DELETE", path: "/api/v1/slot-holds/{id}" },
  bookAppointment: { method: "POST", path: "/api/v1/appointments", takesKey: true },
  listAppointments: { method: "GET", path: "/api/v1/appointments" },
  getConfirmedAppointment: { method: "GET", path: "/api/v1/confirmations/{code}" },
  getAppointment: { method: "GET", path: "/api/v1/appointments/{id}" },
  cancelAppointment: { method: "POST", path: "/api/v1/appointments/{id}/cancellation", isRepeatable: true },
  rescheduleAppointment: { method: "POST", path: "/api/v1/appointments/{id}/reschedule", takesKey: true },
  listAppointmentsByDoctor: { method: "GET", path: "/api/v1/appointments/doctors/{id}/appointments" },
  listDoctorAppointments: { method: "GET", path: "/api/v1/doctors/{id}/appointments" },
  addToWaitlist: { method: "POST", path: "/api/v1/waitlist", isRepeatable: true },
  listWaitlist: { method: "GET", path: "/api/v1/waitlist" },
  listWaitlistMatches: { method: "GET", path: "/api/v1/waitlist/matches" },
  changeWaiting: { method: "PATCH", path: "/api/v1/waitlist/{id}" },
  withdrawWaiting: { method: "DELETE", path: "/api/v1/waitlist/{id}" },
  noteWaitlistAnswer: { method: "POST", path: "/api/v1/waitlist/{id}/answers" },
  takeSlot: { method: "POST", path: "/api/v1/waitlist/{id}/booking", isRepeatable: true },
  checkIn: { method: "POST", path: "/api/v1/checkins", takesKey: true },
  getPresenceCode: { method: "GET", path: "/api/v1/presence-code" },
  listQueueByDoctor: { method: "GET", path: "/api/v1/checkins/doctors/{id}/queue" },
  listDoctorQueue: { method: "GET", path: "/api/v1/doctors/{id}/queue" },
  callNext: { method: "POST", path: "/api/v1/doctors/{id}/queue/next", takesKey: true },
  getQueueOrder: { method: "GET", path: "/api/v1/doctors/{id}/queue/order" },
  actInQueue: { method: "POST", path: "/api/v1/appointments/{id}/transitions", takesKey: true },
  listTransitions: { method: "GET", path: "/api/v1/appointments/{id}/transitions" },
  undoTransition: { method: "POST", path: "/api/v1/appointments/{id}/transitions/undo", takesKey: true },
  addWalkIn: { method: "POST", path: "/api/v1/walk-ins", takesKey: true },
  addTask: { method: "POST", path: "/api/v1/tasks", takesKey: true },
  listTasks: { method: "GET", path: "/api/v1/tasks" },
  changeTask: { method: "PATCH", path: "/api/v1/tasks/{id}" },
  setDoctorDay: { method: "PUT", path: "/api/v1/doctors/{id}/day" },
  getDoctorDay: { method: "GET", path: "/api/v1/doctors/{id}/day" },
  cancelDoctorDay: { method: "POST", path: "/api/v1/doctors/{id}/day/cancellation", isRepeatable: true },
  handOverDay: { method: "POST", path: "/api/v1/doctors/{id}/day/handover", isRepeatable: true },
  listAccounts: { method: "GET", path: "/api/v1/accounts" },
  addAccount: { method: "POST", path: "/api/v1/accounts" },
  getAccount: { method: "GET", path: "/api/v1/accounts/{id}" },
  changeAccount: { method: "PATCH", path: "/api/v1/accounts/{id}" },
  disableAccount: { method: "DELETE", path: "/api/v1/accounts/{id}" },
  inviteAccount: { method: "POST", path: "/api/v1/accounts/{id}/invitation" },
  signIn: { method: "POST", path: "/api/v1/sessions" },
  getSession: { method: "GET", path: "/api/v1/sessions" },
  signOut: { method: "DELETE", path: "/api/v1/sessions" },
  acceptInvitation: { method: "POST", path: "/api/v1/sessions/invitation" },
  renewToken: { method: "POST", path: "/api/v1/tokens" },
  requestScreenCode: { method: "POST", path: "/api/v1/screens/device_authorization" },
  pollScreenToken: { method: "POST", path: "/api/v1/screens/token" },
  approveScreen: { method: "POST", path: "/api/v1/screens" },
  listScreens: { method: "GET", path: "/api/v1/screens" },
  revokeScreen: { method: "DELETE", path: "/api/v1/screens/{id}" },
  listAuditEvents: { method: "GET", path: "/api/v1/audit" },
  getClinic: { method: "GET", path: "/api/v1/clinic" },
  changeClinic: { method: "PATCH", path: "/api/v1/clinic" },
  getClinicSettings: { method: "GET", path: "/api/v1/clinic/settings" },
  listClinics: { method: "GET", path: "/api/v1/clinics" },
  addClinic: { method: "POST", path: "/api/v1/clinics" },
  administerClinic: { method: "PATCH", path: "/api/v1/clinics/{code}" },
};

interface Operation { method: string; path: string; takesKey?: boolean; isRepeatable?: boolean }

/** What an error's `code` says. */
export type ErrorCode = "ValidationError" | "access_denied" | "authorization_pending" | "expired_token" | "slow_down" | "Unauthorized" | "ClinicSuspended" | "Forbidden" | "NotFound" | "AlreadyBooked" | "AlreadyCalled" | "AlreadyCheckedIn" | "AlreadyExists" | "CapacityFull" | "IdempotencyConflict" | "InUse" | "InvalidTransition" | "PlaceOccupied" | "SlotTaken" | "Stale" | "TooLate" | "TooManyBookings" | "TooManyHolds" | "PayloadTooLarge" | "UriTooLong" | "UnsupportedMediaType" | "DoctorRetired" | "DoctorUnavailable" | "InvalidDate" | "InvalidSlot" | "PresenceCodeRequired" | "TooEarly" | "RateLimited" | "InternalError" | "Unavailable";

type RegisteredPatient = { id: string; name: string; age: number | null; gender: string | null; phone: string; birth_date: string | null; needs: Needs; email: string | null; ticket_only: boolean; created_at: string; existing: boolean };

type Needs = { fetch?: boolean | undefined; interpreter?: boolean | undefined; language?: string | undefined; step_free?: boolean | undefined; other?: string | undefined };

type Patient = { id: string; name: string; age: number | null; gender: string | null; phone: string; birth_date: string | null; needs: Needs; email: string | null; ticket_only: boolean; created_at: string };

type PatientPage = { patients: Patient[]; next_cursor: string | null };

type AppointmentPage = { appointments: Appointment[]; next_cursor: string | null };

type Appointment = { id: string; patient_id: string; doctor_id: string; date: string; slot: number; time_slot: number | null; starts_at: string | null; wall_time: string | null; ends_at: string | null; ticket: string; status: "booked" | "checked_in" | "completed" | "cancelled"; source: "booking" | "walk_in"; outcome: "served" | "no_show" | "left" | "rescheduled" | "cancelled_by_patient" | "cancelled_by_clinic" | null; mode: "in_person" | "phone" | "video"; note: string | null; reason: string | null; confirmation_code: string | null; rescheduled_from: string | null; rescheduled_to: string | null; created_at: string; updated_at: string };

type PatientExport = { patient: {  }; appointments: ({  })[]; transitions: ({  })[]; tasks: ({  })[]; waitlist: ({  })[]; sessions: ({  })[]; booking_requests: ({  })[]; audit_events: ({  })[] };

type Token = { token: string; expires_at: string };

type Availability = { id: string | null; doctor_id: string; date: string; is_present: boolean; notes: string | null; updated_by: string | null; updated_at: string | null };

type Doctor = { id: string; name: string; code: string; specialty: string | null; ticket_prefix: string; area_id: string | null; room_id: string | null; kind: "person" | "service"; daily_capacity: number | null; retired_at: string | null; created_at: string };

type ListedDoctor = { id: string; name: string; code: string; specialty: string | null; ticket_prefix: string; area_id: string | null; room_id: string | null; kind: "person" | "service"; daily_capacity: number | null; retired_at: string | null; created_at: string; is_available?: boolean | undefined };

type Area = { id: string; name: string };

type Room = { id: string; name: string; area_id: string | null };

type ScheduleSession = { id: string; weekday: number; starts_at: string; ends_at: string; slot_minutes: number; room_id: string | null; valid_from: string; valid_until: string | null };

type Stranded = { stranded: ({ appointment: QueuedAppointment; patient: { id: string; name: string; phone: string } })[] };

type QueuedAppointment = { id: string; patient_id: string; doctor_id: string; date: string; slot: number; time_slot: number | null; starts_at: string | null; wall_time: string | null; ends_at: string | null; ticket: string; status: "booked" | "checked_in" | "completed" | "cancelled"; source: "booking" | "walk_in"; outcome: "served" | "no_show" | "left" | "rescheduled" | "cancelled_by_patient" | "cancelled_by_clinic" | null; mode: "in_person" | "phone" | "video"; note?: string | null | undefined; reason?: string | null | undefined; confirmation_code?: string | null | undefined; rescheduled_from: string | null; rescheduled_to: string | null; created_at: string; updated_at: string; queue: { position: number; status: "waiting" | "served" | "skipped"; checked_in_at: string; stage: "waiting" | "called" | "in_consultation" | "on_hold" | "skipped" | "served" | "no_show" | "left"; rank: number | null; version: number; place_id: string | null; room: { id: string; name: string } | null; turn_at: string; priority: number; called_at: string | null; call_count: number; started_at: string | null; consulted_s: number; completed_at: string | null; hold_reason: string | null; answer: "coming" | "minutes" | "in_room" | "here" | null } | { position: number; status: "waiting" | "served" | "skipped"; checked_in_at: string; stage: "waiting" | "called" | "in_consultation" | "on_hold" | "skipped" | "served" | "no_show" | "left"; rank: number | null; answer: "coming" | "minutes" | "in_room" | "here" | null; ahead: number; room: { id: string; name: string } | null; called_at: string | null; call_count: number | null } | null };

type BookingConflict = { appointment: QueuedAppointment; patient: { id: string; name: string; phone: string }; why: "absent" | "closed" | "outside" };

type Slot = { date: string; wall_time: string; starts_at: string; ends_at: string; status: "free" | "taken" | "held" | "full" | "past"; until: string | null; room_id: string | null };

type FreeSlot = { doctor_id: string; date: string; wall_time: string; starts_at: string; ends_at: string };

type SlotHold = { id: string; doctor_id: string; starts_at: string; ends_at: string; expires_at: string };

type Rescheduled = { from: { id: string; patient_id: string; doctor_id: string; date: string; slot: number; time_slot: number | null; starts_at: string | null; wall_time: string | null; ends_at: string | null; ticket: string; status: "booked" | "checked_in" | "completed" | "cancelled"; source: "booking" | "walk_in"; outcome: "served" | "no_show" | "left" | "rescheduled" | "cancelled_by_patient" | "cancelled_by_clinic" | null; mode: "in_person" | "phone" | "video"; note: string | null; reason: string | null; confirmation_code: string | null; rescheduled_from: string | null; rescheduled_to: string | null; created_at: string; updated_at: string }; to: { id: string; patient_id: string; doctor_id: string; date: string; slot: number; time_slot: number | null; starts_at: string | null; wall_time: string | null; ends_at: string | null; ticket: string; status: "booked" | "checked_in" | "completed" | "cancelled"; source: "booking" | "walk_in"; outcome: "served" | "no_show" | "left" | "rescheduled" | "cancelled_by_patient" | "cancelled_by_clinic" | null; mode: "in_person" | "phone" | "video"; note: string | null; reason: string | null; confirmation_code: string | null; rescheduled_from: string | null; rescheduled_to: string | null; created_at: string; updated_at: string } };

type Waiting = { id: string; patient: { id: string; name: string; phone: string }; doctor_id: string | null; specialty: string | null; from: string; until: string; appointment_id: string | null; note: string | null; state: "waiting" | "booked" | "withdrawn"; booked_id: string | null; tries: number; created_at: string; updated_at: string };

type CheckIn = { queue_position: number; checked_in_at: string; appointment_id: string; ticket: string; warning: "away" | "finished" | "absent" | null };

type PresenceCode = { code: string | null; until: string; expires_in: number };

type QueueEntry = { id: string; appointment_id: string; doctor_id: string; date: string; position: number; checked_in_at: string; status: "waiting" | "served" | "skipped"; ticket: string; patient_name: string };

type NextAnswer = { appointment: QueuedAppointment | null; transition: Transition | null; place: Place | null; repeated: boolean; skipped: number };

type Transition = { id: string; action: "call" | "acknowledge" | "recall" | "start" | "hold" | "resume" | "serve" | "skip" | "requeue" | "no_show" | "leave" | "transfer" | "prioritise" | "move" | "check_in" | "walk_in" | "call_next" | "return" | "undo" | "close"; from_stage: "waiting" | "called" | "in_consultation" | "on_hold" | "skipped" | "served" | "no_show" | "left" | null; to_stage: "waiting" | "called" | "in_consultation" | "on_hold" | "skipped" | "served" | "no_show" | "left" | null; actor: { id: string | null; role: string | null; name: string | null }; place: { place_id: string; room: string | null } | null; reason: string | null; facts: { turn_at: string; starts_at: string | null; checked_in_at: string; priority: number; policy: "appointment" | "arrival"; passed_over: ({ ticket: string; why: "elsewhere" | "on_hold" | "out_of_order"; with?: string | undefined })[] } | null; undoes: string | null; at: string };

type Place = { place_id: string; room: { id: string; name: string } | null; after: string; appointment_id: string | null };

type OrderedEntry = { appointment_id: string; ticket: string; rank: number; facts: { turn_at: string; starts_at: string | null; checked_in_at: string; priority: number; policy: "appointment" | "arrival"; passed_over: ({ ticket: string; why: "elsewhere" | "on_hold" | "out_of_order"; with?: string | undefined })[] } };

type StepAnswer = { appointment: QueuedAppointment; transition: Transition | null; place: Place | null; repeated: boolean };

type Task = { id: string; date: string; kind: "follow_up" | "telephone" | "other"; appointment_id: string | null; patient_id: string | null; doctor_id: string | null; text: string; slot_doctor_id: string | null; slot_starts_at: string | null; state: "open" | "done"; tries: number; created_at: string; updated_at: string };

type DoctorDay = { doctor_id: string; date: string; state: "present" | "away" | "finished" | "absent"; is_present: boolean; returns_at: string | null; notice: string | null; room_id: string | null; capacity: number | null; sessions: ({ starts_at: string; ends_at: string; slot_minutes: number; room_id: string | null })[] | null; updated_at: string | null };

type CancelledDay = { cancelled: ({ appointment: QueuedAppointment; patient: { id: string; name: string; phone: string } })[]; remaining: ({ appointment: QueuedAppointment; patient: { id: string; name: string; phone: string } })[] };

type HandedOver = { moved: ({ appointment: QueuedAppointment; patient: { id: string; name: string; phone: string } })[]; remaining: ({ appointment: QueuedAppointment; patient: { id: string; name: string; phone: string } })[] };

type Account = { id: string; name: string; role: "manager" | "staff" | "doctor" | "service"; doctor_id: string | null; scopes: ("book" | "check_in" | "read")[]; has_password: boolean; invited_until: string | null; sessions: number; disabled_at: string | null; created_at: string };

type InvitedAccount = { id: string; name: string; role: "manager" | "staff" | "doctor" | "service"; doctor_id: string | null; scopes: ("book" | "check_in" | "read")[]; has_password: boolean; invited_until: string | null; sessions: number; disabled_at: string | null; created_at: string; invitation: { name: string; url: string; expires_at: string } | null };

type Session = { role: "manager" | "operator" | "staff" | "doctor" | "screen" | "kiosk" | "patient" | "service"; name: string | null; doctor_id: string | null; patient_id: string | null; screen_id: string | null; scopes: ("book" | "check_in" | "read")[]; expires_at: string | null; open: boolean };

type DeviceAuthorization = { device_code: string; user_code: string; verification_uri: string; verification_uri_complete: string; expires_in: number; interval: number };

type ScreenToken = { access_token: string; token_type: "Bearer"; expires_in: number; screen_id: string; name: string; area_id: string | null };

type Screen = { id: string; name: string; area_id: string | null; created_at: string; created_by: string | null; is_creator_disabled: boolean; seen_at: string | null };

type AuditEvents = { events: AuditEvent[]; next_cursor: string | null };

type AuditEvent = { id: number; at: string; action: string; entity: string | null; entity_id: string | null; actor: string | null; actor_role: string | null; actor_name: string | null; session_id: string | null; address: string | null; request_id: string | null; before: Record<string, unknown> | null; after: Record<string, unknown> | null };

type Clinic = { code: string; name: string; today: string; timezone: string; languages: string[]; realtime_url: string | null; realtime_port: number; sign_in: boolean };

type ClinicSettings = { name: string; timezone: string; daily_capacity: number; public_names: "ticket" | "initials" | "first_name"; public_specialty: boolean; languages: string[]; max_bookings_per_doctor_day: number; max_bookings_ahead: number; booking_horizon_days: number; day_starts_at: string; queue_order: "appointment" | "arrival"; walk_in_delay_minutes: number; cancellation_notice_minutes: number; lateness_grace_minutes: number; check_in_opens_minutes: number; requires_presence_code: boolean };

type ListedClinic = { code: string; name: string; timezone: string; suspended: boolean; created_at: string };

type AddedClinic = { code: string; name: string; timezone: string; suspended: boolean; created_at: string; invitation: { name: string; url: string; expires_at: string } | null };
