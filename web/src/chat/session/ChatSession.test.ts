import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../api/errors";
import type { Attachment } from "../../api/types";
import { chatWords } from "../../messages/chat.zh-CN";
import { MemoryStorage } from "../../shared/outboxStorage";
import { ChatSession } from "./ChatSession";
import { ChatStore } from "./store";
import { FakeServer } from "./testing";

let server: FakeServer;
let storage: MemoryStorage;
let session: ChatSession;
let ids: number;

function begin(): ChatSession {
  session = new ChatSession({
    api: server,
    store: new ChatStore(storage),
    connect: server.connect,
    newId: () => `id-${++ids}`,
    now: () => Date.now(),
    random: () => 0.5,
    visible: () => true,
  });
  session.start();
  return session;
}
const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const shown = () => session.getSnapshot().log.messages.map((message) => message.text);
const unsent = () => session.getSnapshot().outbox.map((item) => [item.text, item.status]);
const typings = () =>
  server.told.flatMap(([event, data]) => (event === "typing" ? Object.values(data) : []));
const DOWN = new ApiError({ kind: "http", status: 503, message: "down" });

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  storage = new MemoryStorage();
  ids = 0;
});
afterEach(() => {
  session.stop();
  vi.useRealTimers();
});

describe("a calm day", () => {
  it("opens a conversation, sends and shows the answer", async () => {
    begin();
    await settle();
    session.send("坏了");
    expect(unsent()).toEqual([["坏了", "queued"]]);
    await settle();
    expect(shown()).toEqual(["您好", "坏了", "答：坏了"]);
    expect(unsent()).toEqual([]);
  });

  it("continues the conversation after a reload", async () => {
    begin();
    await settle();
    session.send("坏了");
    await settle();
    session.stop();
    begin();
    await settle();
    expect(shown()).toEqual(["您好", "坏了", "答：坏了"]);
    expect(server.opened).toBe(1);
  });

  it("does not hold the request for the answer while the socket is there", async () => {
    begin();
    await settle();
    session.send("一");
    await settle();
    server.socketConnects();
    session.send("二");
    await settle();
    expect(server.waits).toEqual([true, false]);
    expect(shown()).not.toContain("答：二");
    server.push(server.messages.length);
    expect(shown()).toContain("答：二");
  });
});

describe("an outage", () => {
  it("keeps everything in order and sends it once, with the same ids, when it is over", async () => {
    begin();
    await settle();
    server.failure = DOWN;
    session.send("一");
    session.send("二");
    await settle(30_000);
    expect(unsent()).toEqual([
      ["一", "waiting"],
      ["二", "waiting"],
    ]);
    expect(session.getSnapshot().troubled).toBe(true);
    server.failure = null;
    await settle(25_000);
    expect(shown()).toEqual(["您好", "一", "答：一", "二", "答：二"]);
    expect(session.getSnapshot().troubled).toBe(false);
    expect(new Set(server.attempts).size).toBe(2);
  });

  it("survives a reload in the middle", async () => {
    begin();
    await settle();
    server.failure = DOWN;
    session.send("一");
    await settle(1_000);
    session.stop();
    begin();
    await settle();
    expect(unsent()).toEqual([["一", "waiting"]]);
    server.failure = null;
    session.retryNow();
    await settle();
    expect(shown()).toEqual(["您好", "一", "答：一"]);
  });

  it("does not say anything twice when only the answer got lost", async () => {
    begin();
    await settle();
    server.loseNextAnswer = true;
    session.send("一");
    await settle(5_000);
    expect(shown()).toEqual(["您好", "一", "答：一"]);
    expect(server.messages).toHaveLength(3);
  });

  it("lets the customer speak before the conversation could be opened", async () => {
    server.failure = DOWN;
    begin();
    session.send("有人吗");
    await settle(2_000);
    server.failure = null;
    session.retryNow();
    await settle();
    expect(shown()).toEqual(["您好", "有人吗", "答：有人吗"]);
  });
});

describe("pushes", () => {
  it("fetches what a gap is missing", async () => {
    begin();
    await settle();
    server.socketConnects();
    await settle();
    server.says("没推到");
    server.push(server.says("推到"));
    await settle();
    expect(shown()).toEqual(["您好", "没推到", "推到"]);
  });

  it("asks by itself when the push of an answer was lost", async () => {
    begin();
    await settle();
    server.socketConnects();
    await settle();
    session.send("一");
    await settle(1_000);
    expect(shown()).not.toContain("答：一");
    await settle(20_000);
    expect(shown()).toContain("答：一");
  });

  it("ignores another conversation's", async () => {
    begin();
    await settle();
    server.push(server.says("不是给我的"), "other");
    expect(shown()).toEqual(["您好"]);
  });

  it("forgets a typing whose end was lost", async () => {
    begin();
    await settle();
    server.types();
    expect(session.getSnapshot().typing).toBe("bot");
    await settle(31_000);
    expect(session.getSnapshot().typing).toBe(null);
  });
});

describe("a person who answers", () => {
  const LI = { owner: "agent", agent_name: "李敏", position: null } as const;

  it("is known after a reload, and by what is pushed", async () => {
    begin();
    await settle();
    server.socketConnects();
    server.isOwnedBy({ owner: "queue", agent_name: null, position: 3 });
    expect(session.getSnapshot().standing).toEqual({
      owner: "queue",
      agent_name: null,
      position: 3,
    });
    server.isOwnedBy(LI);
    session.stop();
    begin();
    await settle();
    expect(session.getSnapshot().standing).toEqual(LI);
    session.startAnew();
    expect(session.getSnapshot().standing.owner).toBe("bot");
  });

  it("is told that the customer writes, not at every key, and that it is over", async () => {
    begin();
    await settle();
    server.socketConnects();
    await settle();
    session.noteTyping("一");
    expect(typings()).toEqual([]);
    server.isOwnedBy(LI);
    session.noteTyping("一");
    session.noteTyping("一二");
    expect(typings()).toEqual([true]);
    await settle(3_500);
    session.noteTyping("一二三");
    expect(typings()).toEqual([true, true]);
    session.send("一二三");
    session.noteTyping("");
    expect(typings()).toEqual([true, true, false]);
  });

  it("is told how far the customer has read, once each", async () => {
    begin();
    await settle();
    server.socketConnects();
    await settle();
    server.push(server.says("在吗"));
    server.push(2);
    expect(server.told.filter(([event]) => event === "seen")).toEqual([
      ["seen", { seq: 1 }],
      ["seen", { seq: 2 }],
    ]);
  });

  it("has read what it once has read", async () => {
    begin();
    await settle();
    server.hasRead(5);
    server.hasRead(3);
    expect(session.getSnapshot().agentSeenSeq).toBe(5);
    session.stop();
    begin();
    await settle();
    expect(session.getSnapshot().agentSeenSeq).toBe(5);
  });
});

describe("files", () => {
  it("are brought first and then sent with a message", async () => {
    begin();
    await settle();
    const file = new File(["x"], "a.jpg");
    session.send("", [await server.upload(session.requireCredentials(), file)]);
    await settle();
    expect(server.fileIds).toEqual([["file-a.jpg"]]);
  });

  it("of an unsent message survive a reload", async () => {
    begin();
    await settle();
    server.failure = DOWN;
    session.send("看", [{ kind: "image", file_id: "f1", name: "a.jpg" } as Attachment]);
    await settle(1_000);
    session.stop();
    begin();
    await settle();
    server.failure = null;
    session.retryNow();
    await settle();
    expect(server.fileIds).toEqual([["f1"]]);
  });

  it("cannot be brought before there is a conversation, and that is said", async () => {
    server.failure = DOWN;
    begin();
    expect(() => session.requireCredentials()).toThrow(chatWords.files.notConnected);
  });
});

describe("a conversation that the server no longer knows", () => {
  it("is replaced with a notice, and the unsent goes to the new one", async () => {
    begin();
    await settle();
    server.forget();
    session.send("还在吗");
    await settle();
    expect(session.getSnapshot().replaced).toBe(true);
    expect(shown()).toEqual(["您好", "还在吗", "答：还在吗"]);
    expect(server.opened).toBe(2);
  });

  it("does not open conversations without end when each is lost", async () => {
    server.knowsNobody = true;
    begin();
    session.send("一");
    await settle(60_000);
    expect(server.opened).toBeLessThan(12);
    expect(unsent()).toEqual([["一", "waiting"]]);
  });
});

it("goes on behind a message that the server refuses", async () => {
  begin();
  await settle();
  server.refuses = "坏字";
  session.send("坏字");
  session.send("好字");
  await settle();
  expect(unsent()).toEqual([["坏字", "refused"]]);
  expect(shown()).toContain("好字");
  expect(session.discard("id-1")).toBe("坏字");
  expect(unsent()).toEqual([]);
});

it("takes unsent messages along into a new conversation", async () => {
  begin();
  await settle();
  server.failure = DOWN;
  session.send("一");
  await settle();
  server.failure = null;
  session.startAnew();
  await settle();
  expect(server.opened).toBe(2);
  expect(shown()).toEqual(["您好", "一", "答：一"]);
  expect(session.getSnapshot().replaced).toBe(false);
});
