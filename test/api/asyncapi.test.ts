import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv } from "ajv";
import { expect } from "chai";
import { Clinic } from "../support/clinic.ts";
import { formats } from "../support/described.ts";
import { Rest } from "../support/rest.ts";
import { Socket } from "../support/socket.ts";

interface AsyncApi {
  servers: { realtime: { host: string; protocol: string } };
  channels: { queue: { address: string } };
  operations: Record<string, { messages: { $ref: string }[]; reply?: { messages: { $ref: string }[] } }>;
  components: { schemas: Record<string, object> };
}

describe("the AsyncAPI document", () => {
  let clinic: Clinic;
  let document: AsyncApi;
  before(async () => {
    clinic = await Clinic.open();
    document = (await clinic.rest.get("/asyncapi.json")).body as AsyncApi;
  });
  after(() => clinic.close());

  it("has no fault that Redocly finds", async () => {
    const config = await createConfig({ extends: ["recommended-strict"] });

    const problems = await lintFromString({ source: JSON.stringify(document), config });

    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).to.deep.equal([]);
  });

  it("leads to the WebSocket, and says what is sent on it", async () => {
    const today = await clinic.rest.today();
    const schemas = new Ajv({ strict: false, formats });
    schemas.addSchema(document, "document");
    const { host, protocol } = document.servers.realtime;
    const socket = await Socket.open(`${protocol}://${host}${document.channels.queue.address}`);
    /** Sends a message that the document has, and checks that the answer is one that it expects. */
    async function ask(request: { action: string; [field: string]: unknown }): Promise<string> {
      check(request.action, request);
      socket.send(request);
      const answer = await socket.next();
      const expected = document.operations[request.action]?.reply?.messages.map(({ $ref }) => $ref.split("/").at(-1));
      expect(expected).to.include(answer.type);
      check(answer.type, answer);
      return answer.type;
    }
    function check(name: string, message: object): void {
      const isValid = schemas.getSchema(`document#/components/schemas/${name}`);
      expect(isValid?.(message), `${name}: ${schemas.errorsText(isValid?.errors)}`).to.equal(true);
    }

    try {
      expect(await ask({ action: "ping" })).to.equal("pong");
      expect(await ask({ action: "authenticate", token: "none is needed" })).to.equal("authenticated");
      expect(await ask({ action: "subscribe", date: today, mode: "delta" })).to.equal("snapshot");
      const doctor = await clinic.rest.addDoctor();
      await clinic.rest.bookNew(doctor.id, today);
      const change = await socket.next();
      expect(change.type).to.equal("delta");
      check("delta", change);
      expect(await ask({ action: "unsubscribe" })).to.equal("unsubscribed");
      expect(await ask({ action: "subscribe", date: today, view: "doctor" })).to.equal("error");
    } finally {
      await socket.close();
    }
  });

  it("is each clinic's own", async () => {
    const { body: ofDefault } = await new Rest(clinic.api.address).get("/asyncapi.json");

    expect(document.channels.queue.address).to.equal(`/c/${clinic.code}/api/v1/ws/queue`);
    expect(ofDefault.channels.queue.address).to.equal("/api/v1/ws/queue");
  });
});
