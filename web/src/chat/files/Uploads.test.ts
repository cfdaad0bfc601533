import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../api/errors";
import type { Attachment } from "../../api/types";
import { chatWords } from "../../messages/chat.zh-CN";
import { MAX_BYTES, MOST_AT_ONCE } from "./limits";
import { Uploads } from "./Uploads";

interface Running {
  name: string;
  progress(part: number): void;
  arrive(): void;
  fail(error: unknown): void;
}

let running: Running[];
let sent: string[][];
let uploads: Uploads;
let ids: number;

const OFFLINE = new ApiError({ kind: "network", message: "断网" });
const BROKEN = new ApiError({ kind: "http", status: 422, message: "打不开" });

const picture = (name: string, size = 10) =>
  new File([new Uint8Array(size)], name, { type: "image/jpeg" });
const settle = () => new Promise((done) => setTimeout(done));
const states = () => uploads.getSnapshot().map((item) => [item.file.name, item.status]);
const idOf = (name: string) =>
  uploads.getSnapshot().find((item) => item.file.name === name)?.id ?? "";
const upload = (name: string) => {
  const found = running.find((each) => each.name === name);
  if (!found) throw new Error(`${name} is not on its way`);
  return found;
};

beforeEach(() => {
  running = [];
  sent = [];
  ids = 0;
  uploads = new Uploads({
    upload: (file, onProgress, signal) =>
      new Promise<Attachment>((resolve, reject) => {
        signal.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        running.push({
          name: file.name,
          progress: onProgress,
          arrive: () =>
            resolve({ kind: "image", file_id: file.name, name: file.name } as Attachment),
          fail: reject,
        });
      }),
    prepare: async (file) => file,
    newId: () => `id-${++ids}`,
    now: () => 0,
    send: (attachments) => sent.push(attachments.map((one) => one.name ?? "")),
  });
});

describe("files picked together", () => {
  it("are one message, in the order in which they were picked", async () => {
    uploads.add([picture("a"), picture("b")]);
    await settle();
    upload("b").arrive();
    await settle();
    expect(sent).toEqual([]);
    expect(states()).toEqual([
      ["a", "uploading"],
      ["b", "arrived"],
    ]);
    upload("a").arrive();
    await settle();
    expect(sent).toEqual([["a", "b"]]);
    expect(states()).toEqual([]);
  });

  it("do not wait for one that failed, which can be tried again", async () => {
    uploads.add([picture("a"), picture("b")]);
    await settle();
    upload("a").fail(OFFLINE);
    upload("b").arrive();
    await settle();
    expect(sent).toEqual([["b"]]);
    expect(uploads.getSnapshot().map((item) => [item.status, item.reason])).toEqual([
      ["failed", "断网"],
    ]);
    running = [];
    uploads.retry(idOf("a"));
    await settle();
    upload("a").arrive();
    await settle();
    expect(sent).toEqual([["b"], ["a"]]);
  });

  it("go out without one that was taken back", async () => {
    uploads.add([picture("a"), picture("b")]);
    await settle();
    upload("a").arrive();
    await settle();
    uploads.discard(idOf("b"));
    await settle();
    expect(sent).toEqual([["a"]]);
    expect(states()).toEqual([]);
  });
});

it("tells how far it is", async () => {
  uploads.add([picture("a")]);
  await settle();
  upload("a").progress(0.5);
  expect(uploads.getSnapshot()[0]?.progress).toBe(0.5);
});

it("says in the server's words why a file was refused, and does not try it again", async () => {
  uploads.add([picture("a")]);
  await settle();
  upload("a").fail(BROKEN);
  await settle();
  const id = idOf("a");
  uploads.retry(id);
  expect(uploads.getSnapshot()[0]).toMatchObject({ status: "refused", reason: "打不开" });
  uploads.discard(id);
  expect(states()).toEqual([]);
  expect(sent).toEqual([]);
});

it("does not send what the server would refuse anyway", async () => {
  const huge = new File([new Uint8Array(MAX_BYTES + 1)], "a.mp4", { type: "video/mp4" });
  const page = new File(["<p>"], "a.svg", { type: "image/svg+xml" });
  const empty = new File([], "a.jpg", { type: "image/jpeg" });
  uploads.add([huge, page, empty]);
  await settle();
  expect(running).toEqual([]);
  expect(uploads.getSnapshot().map((item) => item.reason)).toEqual([
    chatWords.files.tooLarge(20),
    chatWords.files.unknownType,
    chatWords.files.empty,
  ]);
});

it("refuses the tenth in words, and sends nine", async () => {
  uploads.add(Array.from({ length: MOST_AT_ONCE + 1 }, (_, place) => picture(`p${place}`)));
  await settle();
  for (const each of running) each.arrive();
  await settle();
  expect(sent).toEqual([Array.from({ length: MOST_AT_ONCE }, (_, place) => `p${place}`)]);
  expect(states()).toEqual([["p9", "refused"]]);
});
