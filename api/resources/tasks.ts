import { z } from "zod";
import { calendarDate } from "../../contract/calendar-date.ts";
import { id } from "../../contract/fields.ts";
import { newTask, task, taskUpdate } from "../../contract/task.ts";
import type { Database } from "../../db/database.ts";
import { addTask, changeTask, listTasks } from "../../db/queries/tasks.ts";
import { idempotencyHeaders } from "../idempotency-key.ts";
import { route, type Route } from "../route.ts";

const path = "/api/v1/tasks";
const tag = "Tasks";

export const taskRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path,
      tag,
      operationId: "addTask",
      summary: "Leave the desk something to do",
      access: ["staff", "doctor"],
      headers: idempotencyHeaders,
      body: newTask,
      status: 201,
      answer: task,
      errors: ["NotFound", "IdempotencyConflict"],
    },
    ({ headers, body, caller: { clinicId, identity, actor } }) => {
      const by = { actor, doctorId: identity.doctorId ?? null, key: headers["idempotency-key"] ?? null };
      return database.write((sql) => addTask(sql, clinicId, body, by));
    },
  ),
  route(
    {
      method: "get",
      path,
      tag,
      operationId: "listTasks",
      summary: "List tasks, oldest first: staff all, a doctor those that the doctor left",
      access: ["staff", "doctor"],
      query: z.object({ date: calendarDate.optional(), state: task.shape.state.optional() }),
      status: 200,
      answer: z.array(task),
    },
    ({ query: { date = null, state = null }, caller: { clinicId, identity } }) =>
      database.read((sql) => listTasks(sql, clinicId, { date, state, doctorId: identity.doctorId ?? null })),
  ),
  route(
    {
      method: "patch",
      path: `${path}/{id}`,
      tag,
      operationId: "changeTask",
      summary: "Change a task, count a try, or say that it is done",
      access: ["staff", "doctor"],
      params: z.object({ id }),
      body: taskUpdate,
      status: 200,
      answer: task,
      errors: ["NotFound"],
    },
    ({ params, body, caller: { clinicId, identity, actor } }) =>
      database.write((sql) =>
        changeTask(sql, clinicId, params.id, body, { actor, doctorId: identity.doctorId ?? null }),
      ),
  ),
];
