import { OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { clientMessages } from "../contract/websocket/client-message.ts";
import { deltaIn, queueIn } from "../contract/websocket/queue.ts";
import { otherMessages } from "../contract/websocket/server-message.ts";
import type { AskedView } from "../contract/websocket/view.ts";
import { securitySchemes } from "./openapi.ts";
import { webSocketPath } from "./realtime-address.ts";

const description = `Every change of a date's queue, the moment it commits.

A client subscribes to a date and gets a snapshot, then an update or a delta after each change. In open mode no connection
needs a token.`;

const serverMessages = {
  snapshot: z.object({ type: z.literal("snapshot"), data: inAnyView(queueIn) }),
  update: z.object({ type: z.literal("update"), data: inAnyView(queueIn) }),
  delta: z.object({ type: z.literal("delta"), data: inAnyView(deltaIn) }),
  ...otherMessages,
};
type ServerMessage = keyof typeof serverMessages;
type ClientMessage = keyof typeof clientMessages;

const summaries: Record<ServerMessage | ClientMessage, string> = {
  subscribe: "Watch a date, instead of the one watched before",
  unsubscribe: "Stop watching",
  ping: "Ask for a sign of life",
  authenticate: "Authenticate, or renew the token",
  snapshot: "The whole queue, as the answer to `subscribe`",
  update: "The whole queue, after a change",
  delta: "The sections that changed, in the mode `delta`",
  unsubscribed: "The answer to `unsubscribe`",
  authenticated: "The answer to `authenticate`",
  pong: "The answer to `ping`, and whether the server follows the database",
  error: "A message that was not understood or not allowed; the connection goes on",
};

const answers: Record<ClientMessage, ServerMessage[]> = {
  subscribe: ["snapshot", "delta", "error"],
  unsubscribe: ["unsubscribed", "error"],
  ping: ["pong", "error"],
  authenticate: ["authenticated", "error"],
};

/** The AsyncAPI 3.0 document of the WebSocket, from the very schemas that its messages are checked with. */
export function describeWebSocket(version: string): AsyncApi {
  const messages = { ...clientMessages, ...serverMessages };
  const definitions = namesOf(messages).map((id) => ({ type: "schema" as const, schema: messages[id].meta({ id }) }));
  const { components } = new OpenApiGeneratorV31(definitions).generateComponents();

  return {
    asyncapi: "3.0.0",
    info: {
      title: "clinic-queue",
      version,
      description,
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    defaultContentType: "application/json",
    servers: {},
    channels: {
      queue: {
        address: webSocketPath,
        title: "The queues of a clinic",
        messages: Object.fromEntries(namesOf(messages).map((name) => [name, refer("components", "messages", name)])),
        bindings: { ws: { method: "GET" } },
      },
    },
    operations: {
      ...Object.fromEntries(
        namesOf(clientMessages).map((name) => [name, { ...operation("receive", [name]), reply: reply(name) }]),
      ),
      follow: operation("send", ["update", "delta"]),
    },
    components: {
      messages: Object.fromEntries(
        namesOf(messages).map((name) => [
          name,
          { name, summary: summaries[name], payload: refer("components", "schemas", name) },
        ]),
      ),
      schemas: components?.schemas ?? {},
      securitySchemes: { ...securitySchemes, cookie: { ...securitySchemes.cookie, type: "httpApiKey" } },
    },
  };
}

/** A document in the form of AsyncAPI 3.0. Its server and its channel depend on the WebSocket's address. */
interface AsyncApi {
  servers: Record<string, object>;
  channels: { queue: { address: string } & Record<string, unknown> };
  [part: string]: unknown;
}

/** The document for a client that reaches the WebSocket at `url`. */
export function atUrl(document: AsyncApi, url: string): AsyncApi {
  const { host, protocol, pathname } = new URL(url);
  return {
    ...document,
    servers: { realtime: { host, protocol: protocol.slice(0, -1) } },
    channels: { queue: { ...document.channels.queue, address: pathname } },
  };
}

const namesOf = <T extends object>(messages: T): (keyof T & string)[] => Object.keys(messages) as (keyof T & string)[];

const refer = (...path: string[]): { $ref: string } => ({ $ref: `#/${path.join("/")}` });
const inChannel = (name: string): { $ref: string } => refer("channels", "queue", "messages", name);

function operation(action: "send" | "receive", messages: (ServerMessage | ClientMessage)[]): object {
  const summary = messages.map((name) => summaries[name]).join(". ");
  const security = Object.keys(securitySchemes).map((name) => refer("components", "securitySchemes", name));
  return { action, summary, channel: refer("channels", "queue"), messages: messages.map(inChannel), security };
}

const reply = (name: ClientMessage): object => ({
  channel: refer("channels", "queue"),
  messages: answers[name].map(inChannel),
});

/** What somebody may get, whichever view the token gives them. The doctor's view is one section of the staff's. */
function inAnyView<T extends z.ZodType>(dataIn: (view: AskedView) => T): z.ZodUnion<[T, T, T]> {
  return z.union([dataIn("staff"), dataIn("public"), dataIn("patient")]);
}
