import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "../../../api/errors";
import type { AgentMessage } from "../../../api/live";
import type { Message } from "../../../api/types";
import { MemoryStorage } from "../../../shared/outboxStorage";
import { message } from "../model/testing";
import { LiveOutbox } from "./LiveOutbox";

const http = (status: number, words = "m") =>
  new ApiError({ kind: "http", status, message: words });
const network = new ApiError({ kind: "network", message: "m" });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function desk(storage = new MemoryStorage()) {
  const attempts: AgentMessage[] = [];
  const arrived: Message[] = [];
  const failures: (ApiError | null)[] = [];
  let loggedOut = 0;
  let ids = 0;
  const outbox = new LiveOutbox({
    async send(sent) {
      attempts.push(sent);
      const failure = failures.shift();
      if (failure) throw failure;
      const { text, client_message_id } = sent;
      return message(attempts.length, { sender: "agent", text, client_message_id });
    },
    sent: (each) => arrived.push(each),
    loggedOut: () => {
      loggedOut += 1;
    },
    storage,
    prefix: "p.",
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    now: () => 1_000,
    random: () => 0.5,
  });
  const texts = () => arrived.map((each) => each.text);
  const statuses = () => outbox.getSnapshot().map((item) => item.status);
  return { outbox, attempts, texts, statuses, failures, storage, loggedOut: () => loggedOut };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

it("sends in order, one at a time", async () => {
  const { outbox, texts } = desk();
  outbox.add("一", []);
  outbox.add("二", []);
  await settle();
  expect(texts()).toEqual(["一", "二"]);
  expect(outbox.getSnapshot()).toEqual([]);
});

it("sends the same message again after an outage, with what came behind it", async () => {
  const it = desk();
  it.failures.push(network);
  it.outbox.add("一", []);
  it.outbox.add("二", []);
  await settle();
  expect(it.statuses()).toEqual(["waiting", "waiting"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(it.texts()).toEqual(["一", "二"]);
  expect(it.attempts.map((each) => each.client_message_id)).toEqual(["id-1", "id-1", "id-2"]);
});

it("keeps what the server refuses, says why, and goes on with the next", async () => {
  const it = desk();
  it.failures.push(http(409, "李工正在接待"));
  it.outbox.add("一", []);
  it.outbox.add("二", []);
  await settle();
  expect(it.texts()).toEqual(["二"]);
  expect(it.outbox.getSnapshot()[0]).toMatchObject({ status: "refused", reason: "李工正在接待" });
  it.outbox.again("id-1");
  await settle();
  expect(it.texts()).toEqual(["二", "一"]);
});

it("waits for the next session when this one has run out", async () => {
  const it = desk();
  it.failures.push(http(401));
  it.outbox.add("一", []);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([it.loggedOut(), it.attempts.length, ...it.statuses()]).toEqual([1, 1, "waiting"]);
  const later = desk(it.storage);
  expect(later.statuses()).toEqual(["waiting"]);
  later.outbox.retryNow();
  await settle();
  expect(later.texts()).toEqual(["一"]);
  expect(it.storage.length).toBe(0);
});

it("lets go of what the log shows, and of what the agent takes back", async () => {
  const it = desk();
  it.failures.push(network, network);
  it.outbox.add("一", []);
  it.outbox.add("二", []);
  await settle();
  it.outbox.confirmed(new Set(["id-1"]));
  expect(it.outbox.discard("id-2")?.text).toBe("二");
  expect(it.outbox.getSnapshot()).toEqual([]);
});

it("names the files that go with it", async () => {
  const it = desk();
  it.outbox.add("看图", [{ kind: "image", name: "a.png", file_id: "f1" }]);
  await settle();
  expect(it.attempts[0]).toEqual({ client_message_id: "id-1", text: "看图", file_ids: ["f1"] });
});
