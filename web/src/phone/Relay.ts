/** ConversationRelay as the vendor holds it: https://www.twilio.com/docs/voice/conversationrelay/websocket-messages */
import { newId } from "../shared/ids";
import type { Line } from "./Line";
import { Voice } from "./Voice";

const LOST = "64105";
const SECOND = 1_000;

/** The socket could not be opened. */
export class NoRelay extends Error {}

export class Relay {
  readonly #id = `VX${newId().replace(/-/g, "")}`;
  readonly #began = Date.now();
  readonly #voice = new Voice();
  readonly #socket: WebSocket;
  #tokens = "";

  readonly line: Line;
  readonly noun: Element;
  readonly hear: (words: string) => void;

  constructor(line: Line, noun: Element, hear: (words: string) => void) {
    this.line = line;
    this.noun = noun;
    this.hear = hear;
    this.#socket = line.socket();
  }

  /** Until the session ends; what is reported of it to the action. */
  hold(): Promise<Record<string, string>> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      let opened = false;
      socket.addEventListener("open", () => {
        opened = true;
        this.#begin();
      });
      socket.addEventListener("message", ({ data }) => {
        const handed = this.#on(String(data));
        if (handed === null) return;
        resolve(this.#report({ SessionStatus: "ended", HandoffData: handed }));
        socket.close();
      });
      socket.addEventListener("close", () => {
        if (opened) resolve(this.#report({ SessionStatus: "failed", ErrorCode: LOST }));
        else reject(new NoRelay());
      });
    });
  }

  say(words: string): void {
    const heard = this.#voice.cut(Date.now());
    if (heard)
      this.#send({
        type: "interrupt",
        utteranceUntilInterrupt: heard.words,
        durationUntilInterruptMs: String(heard.ms),
      });
    const lang = this.noun.getAttribute("transcriptionLanguage") ?? "en-US";
    this.#send({ type: "prompt", voicePrompt: words, lang, last: true });
  }

  key(digits: string): void {
    if (this.noun.getAttribute("dtmfDetection") !== "true") return;
    this.#voice.cut(Date.now());
    for (const digit of digits) this.#send({ type: "dtmf", digit });
  }

  close(): void {
    this.#socket.close();
  }

  #begin(): void {
    const parameters = [...this.noun.getElementsByTagName("Parameter")];
    this.#send({
      type: "setup",
      sessionId: this.#id,
      callSid: this.line.callId,
      from: this.line.caller,
      to: this.line.called,
      callType: "PSTN",
      direction: "inbound",
      callStatus: "IN-PROGRESS",
      customParameters: Object.fromEntries(
        parameters.map((item) => [item.getAttribute("name"), item.getAttribute("value")]),
      ),
    });
    const greeting = this.noun.getAttribute("welcomeGreeting");
    const interruptible = this.noun.getAttribute("welcomeGreetingInterruptible") !== "none";
    if (greeting) this.#speak(greeting, interruptible);
  }

  /** What is handed over, if that was the end. */
  #on(data: string): string | null {
    const message = read(data);
    if (message.type === "end") return String(message.handoffData ?? "");
    if (message.type !== "text" || typeof message.token !== "string") {
      if (!["play", "sendDigits", "language"].includes(String(message.type)))
        this.#send({ type: "error", description: `Invalid message received: ${data}` });
      return null;
    }
    this.#tokens += message.token;
    if (message.last === true) {
      this.#speak(this.#tokens, message.interruptible !== false);
      this.#tokens = "";
    }
    return null;
  }

  #speak(words: string, interruptible: boolean): void {
    this.#voice.add(words, Date.now(), interruptible);
    this.hear(words);
  }

  #send(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #report(ended: Record<string, string>): Record<string, string> {
    const seconds = String(Math.floor((Date.now() - this.#began) / SECOND));
    return { SessionId: this.#id, SessionDuration: seconds, ...ended };
  }
}

function read(data: string): Record<string, unknown> {
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === "object" && message !== null ? { ...message } : {};
  } catch {
    return {};
  }
}
