/** One call: plays what the hotline sends, and asks the person what they do. */
import { phoneWords as words } from "../messages/phone.zh-CN";
import { type Line, NotOffered } from "./Line";
import { NoRelay, Relay } from "./Relay";
import { counted, spoken, verbsOf } from "./twiml";

export type Phase = "idle" | "calling" | "asked" | "thinking" | "queued" | "recording";
export interface Heard {
  id: number;
  who: "hotline" | "you" | "note";
  text: string;
}
export interface View {
  phase: Phase;
  heard: readonly Heard[];
  gather: Element | null;
}
export interface Did {
  speech?: string;
  digits?: string;
  confidence?: number;
}

const MOST_DOCUMENTS = 500;
const ROUND_SECONDS = 10;
const MOST_ROUNDS = 100;
const SECOND = 1_000;

/** Over the relay each key goes by itself. */
const EACH_KEY = '<Response><Gather numDigits="1" finishOnKey=""/></Response>';

class HungUp extends Error {}

/** The hotline sent a verb that this telephone cannot play. */
export class UnknownVerb extends Error {}

export class Call {
  #view: View = { phase: "idle", heard: [], gather: null };
  #listeners = new Set<() => void>();
  #act: ((did: Did | null) => void) | null = null;
  #hungUp = false;

  readonly line: Line;
  readonly say: (text: string) => void;

  constructor(line: Line, say: (text: string) => void = () => {}) {
    this.line = line;
    this.say = say;
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  view = () => this.#view;

  /** What the person does: speaks, keys, or (nothing) stays silent. */
  act(did: Did): void {
    this.#act?.(did);
  }

  hangUp(): void {
    this.#hungUp = true;
    this.#act?.(null);
  }

  async run(): Promise<void> {
    this.#show({ phase: "calling" });
    try {
      let document = await this.line.begin();
      for (let played = 0; played < MOST_DOCUMENTS; played += 1)
        document = await this.#play(document);
      throw new HungUp();
    } catch (error) {
      await this.#over(error);
    }
  }

  async #over(error: unknown): Promise<void> {
    if (error instanceof NotOffered) this.#note(words.off);
    else {
      this.#note(reason(error));
      // the hotline may be what failed; then nobody is left to be told
      await this.line.end().catch(() => this.#note(words.failed));
    }
    this.#show({ phase: "idle", gather: null });
  }

  async #play(document: string): Promise<string> {
    for (const verb of verbsOf(document)) {
      this.#require();
      const next = await this.#verb(verb);
      if (next !== null) return next;
    }
    throw new HungUp();
  }

  async #verb(verb: Element): Promise<string | null> {
    switch (verb.nodeName) {
      case "Say":
        this.#hear(spoken(verb));
        return null;
      case "Play":
        this.#note(words.music);
        return null;
      case "Pause":
        await wait(Number(verb.getAttribute("length") ?? 1));
        return null;
      case "Gather":
        return this.#gather(verb);
      case "Record":
        return this.#record(verb);
      case "Enqueue":
        return this.#enqueue(verb);
      case "Connect":
        return this.#connect(verb);
      case "Redirect":
        return this.line.post(verb.textContent?.trim() ?? "", {});
      case "Dial":
        this.#note(words.ringing);
        return null;
      case "Hangup":
      case "Reject":
        throw new HungUp();
      default:
        throw new UnknownVerb(verb.nodeName);
    }
  }

  async #gather(gather: Element): Promise<string> {
    for (const inner of gather.children) await this.#verb(inner);
    const did = await this.#ask("asked", gather);
    this.#show({ phase: "thinking", gather: null });
    const action = gather.getAttribute("action") ?? "";
    if (did.digits) return this.line.post(action, { Digits: counted(gather, did.digits) });
    const confidence = String(did.confidence ?? 0.9);
    return this.line.post(action, { SpeechResult: did.speech ?? "", Confidence: confidence });
  }

  async #record(record: Element): Promise<string | null> {
    this.#note(words.tone);
    const did = await this.#ask("recording", null);
    if (!did.speech) return null;
    const seconds = String(1 + Math.ceil(did.speech.length / 4));
    const recording = "https://api.twilio.com/recording/demo";
    const given = { RecordingDuration: seconds, RecordingUrl: recording };
    return this.line.post(record.getAttribute("action") ?? "", given);
  }

  async #connect(connect: Element): Promise<string | null> {
    const noun = connect.querySelector("ConversationRelay");
    if (!noun) throw new UnknownVerb(connect.firstElementChild?.nodeName ?? connect.nodeName);
    const relay = new Relay(this.line, noun, (text) => this.#hear(text));
    this.#act = (did) => (did === null ? relay.close() : this.#tell(relay, did));
    this.#show({ phase: "asked", gather: verbsOf(EACH_KEY)[0] ?? null });
    const reported = await relay.hold();
    this.#act = null;
    this.#show({ phase: "thinking", gather: null });
    this.#require();
    const action = connect.getAttribute("action");
    return action ? this.line.post(action, reported) : null;
  }

  #tell(relay: Relay, did: Did): void {
    this.#did(did);
    if (did.digits) relay.key(did.digits);
    else if (did.speech) relay.say(did.speech);
  }

  async #enqueue(enqueue: Element): Promise<string> {
    const action = enqueue.getAttribute("action") ?? "";
    const room = enqueue.getAttribute("waitUrl") ?? "";
    let address = room;
    let given: Record<string, string> = {};
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      this.#require();
      const waited = { QueueTime: String(round * ROUND_SECONDS) };
      const verbs = verbsOf(await this.line.post(address, { ...waited, ...given }));
      if (verbs.some((verb) => verb.nodeName === "Leave"))
        return this.line.post(action, { QueueResult: "leave", ...waited });
      const pressed = await this.#waitRound(verbs);
      address = pressed?.action ?? room;
      given = pressed ? { Digits: pressed.digits } : {};
    }
    return this.line.post(action, { QueueResult: "error" });
  }

  /** One round in the queue: what is said, then music; ends early when a key is pressed that is listened for. */
  async #waitRound(verbs: Element[]): Promise<{ action: string; digits: string } | null> {
    const gather = verbs.find((verb) => verb.nodeName === "Gather") ?? null;
    const act = new Promise<Did | null>((resolve) => {
      this.#act = resolve;
    });
    this.#show({ phase: "queued", gather });
    for (const verb of verbs)
      for (const inner of verb === gather ? verb.children : [verb]) await this.#verb(inner);
    const did = await Promise.race([act, wait(ROUND_SECONDS).then(() => null)]);
    this.#act = null;
    this.#show({ gather: null });
    this.#require();
    if (!gather || !did?.digits) return null;
    this.#did(did);
    const digits = counted(gather, did.digits);
    return digits ? { action: gather.getAttribute("action") ?? "", digits } : null;
  }

  async #ask(phase: Phase, gather: Element | null): Promise<Did> {
    this.#require();
    this.#show({ phase, gather });
    const did = await new Promise<Did | null>((resolve) => {
      this.#act = resolve;
    });
    this.#act = null;
    if (did === null) throw new HungUp();
    this.#did(did);
    return did;
  }

  #require(): void {
    if (this.#hungUp) throw new HungUp();
  }
  #did(did: Did): void {
    this.#add("you", did.digits ? words.keys(did.digits) : did.speech || words.silence);
  }
  #hear(text: string): void {
    this.#add("hotline", text);
    this.say(text);
  }
  #note(text: string): void {
    this.#add("note", text);
  }
  #add(who: Heard["who"], text: string): void {
    this.#show({ heard: [...this.#view.heard, { id: this.#view.heard.length, who, text }] });
  }
  #show(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function reason(error: unknown): string {
  if (error instanceof HungUp) return words.over;
  if (error instanceof NoRelay) return words.noRelay;
  return error instanceof UnknownVerb ? words.unknownVerb(error.message) : words.failed;
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * SECOND));
}
