import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { WebSocket } from "ws";

export interface Upgrade {
  /** 101 when the WebSocket was opened; it is closed again. */
  status: number;
  headers: IncomingHttpHeaders;
  body?: { error: string; message: string };
}

/** What the upgrade to a WebSocket is answered. */
export async function upgrade(url: string, headers: Record<string, string>): Promise<Upgrade> {
  const ws = new WebSocket(url, { headers });
  ws.on("error", () => {});
  const response = await new Promise<IncomingMessage>((resolve) => {
    ws.on("upgrade", resolve);
    ws.on("unexpected-response", (_request, response) => resolve(response));
  });
  const answer = { status: response.statusCode ?? 0, headers: response.headers };
  if (answer.status === 101) {
    ws.close();
    await once(ws, "close");
    return answer;
  }
  let text = "";
  for await (const chunk of response) text += String(chunk);
  ws.terminate();
  return { ...answer, body: JSON.parse(text) as { error: string; message: string } };
}
