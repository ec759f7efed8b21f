import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWK } from "jose";
import { closed, opened } from "./leaks.ts";
import type { Settings } from "./service.ts";

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

interface Key extends KeyPair {
  kid: string;
  alg: string;
  jwk: JWK;
}

/** An OIDC provider of a test: a real HTTP server that publishes the keys of the tokens that it signs. */
export class Provider {
  readonly issuer = `https://provider-${randomUUID()}.example.org`;
  readonly audience = "clinic";
  /** What it answers to who asks for its keys; `silence`: nothing, ever. */
  answers: "keys" | "silence" | "html" | "no keys" | "an error" = "keys";
  /** How often it was asked for its keys. */
  asked = 0;
  #keys: Key[] = [];
  #server: Server;
  #port = 0;

  private constructor() {
    this.#server = createServer((_request, response) => {
      this.asked += 1;
      switch (this.answers) {
        case "keys":
          response.setHeader("content-type", "application/json");
          response.end(JSON.stringify({ keys: this.#keys.map(({ jwk }) => jwk) }));
          break;
        case "html":
          response.end("<html>Be right back</html>");
          break;
        case "no keys":
          response.end('{"keys":"none"}');
          break;
        case "an error":
          response.writeHead(500).end();
          break;
        case "silence":
      }
    });
  }

  static async open(): Promise<Provider> {
    const provider = new Provider();
    await provider.rotate();
    await provider.goUp();
    return provider;
  }

  /** The settings of a clinic that takes this provider's tokens. */
  get settings(): Settings {
    return {
      AUTH_JWKS_URL: `http://127.0.0.1:${this.#port}/keys`,
      AUTH_ISSUER: this.issuer,
      AUTH_AUDIENCE: this.audience,
    };
  }

  /** The key that it signs with: the newest. */
  get key(): Key {
    const key = this.#keys.at(-1);
    if (!key) throw new Error("the provider has no key");
    return key;
  }

  /** Takes a new key into use: of elliptic curves, which is made a hundred times as fast as RSA's. Those before it stay published. */
  async rotate(alg = "ES256", kid: string = randomUUID()): Promise<void> {
    const pair = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(pair.publicKey)), kid, alg, use: "sig" };
    this.#keys.push({ ...pair, kid, alg, jwk });
  }

  /** Publishes its newest key alone. */
  takeBackOldKeys(): void {
    this.#keys = [this.key];
  }

  async publicKeyPem(): Promise<string> {
    return exportSPKI(this.key.publicKey);
  }

  /** @param claims beside or in place of those of a staff's token of ten minutes; undefined leaves one out. */
  async token(claims: Record<string, unknown> = {}, key = this.key): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.issuer, aud: this.audience, sub: "somebody", role: "staff", iat: now, exp: now + 600 };
    return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: key.alg, kid: key.kid }).sign(key.privateKey);
  }

  /** Serves, at the same address whenever it comes back. */
  async goUp(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    opened(this, "a provider");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async goDown(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
    closed(this);
  }
}
