export * from "./clinic.ts";
export * from "./queue-client.ts";
