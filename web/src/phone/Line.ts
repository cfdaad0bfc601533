/** The line to the hotline: requests as the vendor sends them, signed by the demo of this machine. */
import { newId } from "../shared/ids";

const ANSWER_MS = 15_000;
const PREFIX = "/api/v1/twilio/voice";

export class NotOffered extends Error {}

export class Line {
  readonly callId = `CA${newId().replace(/-/g, "")}`;
  readonly called = "+864008000000";
  readonly caller: string;

  constructor(caller: string) {
    this.caller = caller;
  }

  begin(): Promise<string> {
    return this.post(`${PREFIX}/call`, { CallStatus: "ringing" });
  }

  async end(): Promise<void> {
    await this.post(`${PREFIX}/status`, { CallStatus: "completed" });
  }

  async post(address: string, given: Record<string, string>): Promise<string> {
    const url = new URL(address, location.href).href;
    const parameters: Record<string, string> = {
      CallSid: this.callId,
      From: this.caller,
      To: this.called,
      CallStatus: "in-progress",
      Direction: "inbound",
      ...given,
    };
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "X-Twilio-Signature": await this.#signature(url, parameters),
        "I-Twilio-Idempotency-Token": newId(),
      },
      body: new URLSearchParams(parameters),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.text();
  }

  /** ConversationRelay's socket, by the demo of this machine: a browser cannot sign a handshake. */
  socket(): WebSocket {
    const url = new URL("/api/v1/phone-demo/relay", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    return new WebSocket(url);
  }

  async #signature(url: string, parameters: Record<string, string>): Promise<string> {
    const response = await fetch("/api/v1/phone-demo/signature", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ url, parameters }),
    });
    if (response.status === 403 || response.status === 404) throw new NotOffered();
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()).signature;
  }
}
