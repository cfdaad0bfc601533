/** Keeps what a technician does and sends it, one after the other, as soon as there is a network. */
import { ApiError, isTemporary, isUnauthorized } from "../api/errors";
import { type Order, type OrderStep, ordersApi } from "../api/orders";
import { retryDelay } from "../shared/backoff";
import { newId } from "../shared/ids";
import { dropAction, keepAction, readActions } from "./actionStore";
import { type Action, bodyOf, nextToSend } from "./actions";

export interface QueueState {
  actions: readonly Action[];
  sending: boolean;
  /** The browser lets nothing be kept: what is done without a network will be lost. */
  forgetful: boolean;
}

interface Heard {
  /** An order as the server has it now. */
  order(order: Order): void;
  /** What is known of an order, to go on from. */
  known(number: string): Order | undefined;
  loggedOut(): void;
}

type Doing = Pick<Action, "order" | "step" | "body" | "picture">;

export class ActionQueue {
  private state: QueueState = { actions: [], sending: false, forgetful: false };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;

  private readonly username: string;
  private readonly heard: Heard;

  constructor(username: string, heard: Heard) {
    this.username = username;
    this.heard = heard;
  }

  /** Reads what was kept and begins to send; returns how to stop. */
  start(): () => void {
    const online = () => this.soon();
    window.addEventListener("online", online);
    readActions(this.username)
      .then((kept) => {
        const fresh = this.state.actions.filter((one) => !kept.some(({ id }) => id === one.id));
        this.set({ actions: [...kept, ...fresh] });
        this.soon();
      })
      .catch(() => this.set({ forgetful: true }));
    return () => {
      window.removeEventListener("online", online);
      clearTimeout(this.timer);
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): QueueState => this.state;

  add(doing: Doing): void {
    const action = {
      ...doing,
      id: newId(),
      username: this.username,
      at: Date.now(),
      refused: null,
    };
    this.set({ actions: [...this.state.actions, action] });
    this.keep(action);
    this.soon();
  }

  drop(id: string): void {
    this.set({ actions: this.state.actions.filter((action) => action.id !== id) });
    dropAction(id).catch(() => this.set({ forgetful: true }));
  }

  retry(id: string): void {
    this.replace(id, null);
    this.soon();
  }

  /** Tries at once, whatever it was waiting for. */
  soon(): void {
    clearTimeout(this.timer);
    this.failures = 0;
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.state.sending) return;
    this.set({ sending: true });
    try {
      let action = nextToSend(this.state.actions);
      while (action !== undefined && (await this.sent(action))) {
        this.failures = 0;
        action = nextToSend(this.state.actions);
      }
    } finally {
      this.set({ sending: false });
    }
  }

  /** Whether the next one may follow. */
  private async sent(action: Action): Promise<boolean> {
    try {
      this.heard.order(await this.delivered(action));
      this.drop(action.id);
      return true;
    } catch (error) {
      if (isUnauthorized(error)) this.heard.loggedOut();
      else if (isTemporary(error)) this.later(error);
      else if (error instanceof ApiError) this.replace(action.id, error.message);
      else throw error;
      return error instanceof ApiError && !isUnauthorized(error) && !isTemporary(error);
    }
  }

  private async delivered(action: Action): Promise<Order> {
    const { order, step, picture, id } = action;
    if (picture) return ordersApi.addPicture(order, { id, ...picture });
    const known = this.heard.known(order) ?? (await ordersApi.order(order));
    const take = (version: number) =>
      ordersApi.take(order, step as OrderStep, bodyOf(action, version, Date.now()));
    try {
      return await take(known.version);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "conflict") throw error;
      const now = await ordersApi.order(order);
      this.heard.order(now);
      // somebody else changed it: what was done on site is done all the same, if it still follows
      if (now.technician_id !== known.technician_id) throw error;
      return take(now.version);
    }
  }

  private later(error: unknown): void {
    this.failures += 1;
    const wait = error instanceof ApiError ? error.retryAfterSeconds : null;
    this.timer = setTimeout(() => void this.send(), retryDelay(this.failures, wait, Math.random()));
  }

  private replace(id: string, refused: string | null): void {
    const actions = this.state.actions.map((one) => (one.id === id ? { ...one, refused } : one));
    this.set({ actions });
    const changed = actions.find((one) => one.id === id);
    if (changed) this.keep(changed);
  }

  private keep(action: Action): void {
    keepAction(action).catch(() => this.set({ forgetful: true }));
  }

  private set(change: Partial<QueueState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
